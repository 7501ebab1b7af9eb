/**
 * Puts another database into the path of a MongoDB address.
 * Users are looked up where they were before: in the database of the path, or in admin.
 */
export function withDatabase(uri: string, database: string): string {
  const [, head, path = '', query = ''] = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/([^?]*))?(?:\?(.*))?$/.exec(uri) ?? [];
  if (head === undefined) throw new Error('MONGODB_URI 应是 mongodb:// 或 mongodb+srv:// 开头的地址');
  const options = new URLSearchParams(query);
  if (head.includes('@') && !options.has('authSource')) options.set('authSource', path || 'admin');
  return `${head}/${database}${options.size ? `?${options}` : ''}`;
}
