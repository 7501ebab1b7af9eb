/** A number as a JSON field carries it: `1234.5`, `"1,234.50"`. Null: empty, or words in place of a number. */
export function numberOf(value: string | number | null | undefined): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  const text = (value ?? '').replace(/[,，\s]/g, '');
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}

/**
 * 万元 → yuan, to the fen. Null for nothing and for 0: land that is allocated (划拨) is filed with
 * price `0.0000`, which is a placeholder and no price.
 */
export function yuanFromWan(value: string | number | null | undefined): number | null {
  const wan = numberOf(value);
  return wan === null || wan === 0 ? null : Math.round(wan * 1_000_000) / 100;
}

/** 公顷 → ㎡, to the square decimetre. Null for nothing and for 0. */
export function sqmFromHectares(value: string | number | null | undefined): number | null {
  const hectares = numberOf(value);
  return hectares === null || hectares === 0 ? null : Math.round(hectares * 1_000_000) / 100;
}
