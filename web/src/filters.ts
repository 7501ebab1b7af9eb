import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/**
 * Filters live in the address, so that a list can be kept as a bookmark or sent to a colleague.
 * @param keys the filters of this list; other parameters of the address are ignored
 */
export function useFilters<K extends string>(keys: readonly K[]) {
  const [params, setParams] = useSearchParams();
  const values = Object.fromEntries(keys.map((key) => [key, params.get(key) ?? ''])) as Record<K, string>;
  const set = useCallback(
    (changes: Partial<Record<K, string>>) =>
      setParams((before) => {
        const after = new URLSearchParams(before);
        for (const [key, value] of Object.entries<string | undefined>(changes)) {
          if (value === undefined || value === '') after.delete(key);
          else after.set(key, value);
        }
        return after;
      }),
    [setParams],
  );
  const clear = useCallback(() => setParams({}), [setParams]);
  const given = Object.fromEntries(keys.flatMap((key) => (values[key] === '' ? [] : [[key, values[key]]])));
  return { values, set, clear, given: given as Partial<Record<K, string>>, any: Object.keys(given).length > 0 };
}
