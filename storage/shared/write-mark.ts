/** Name among the leases of what `Store.checkWritable` writes: like them it is no contents, and it is never held. */
export const WRITE_MARK = 'write mark';
