const WAN = 10_000;
const wan = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 6 });
const whole = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 0 });
const yuan = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** Yuan → 万元 without loss: six decimals of 万元 are one fen. `1234567.8` → `123.45678`. */
export const inWan = (amount: number): string => wan.format(amount / WAN);

export const inYuan = (amount: number): string => yuan.format(amount);

export const count = (n: number): string => whole.format(n);

/** 0–1 → `97.3%`; never rounds up to 100% or down to 0%. */
export function share(part: number): string {
  if (part > 0 && part < 0.001) return '<0.1%';
  if (part > 0.999 && part < 1) return '>99.9%';
  return `${(part * 100).toFixed(1).replace(/\.0$/, '')}%`;
}

/** Bytes → `1.2 MB`. */
export function bytes(n: number): string {
  if (n < 1024) return `${n} B`;
  if (n < 1024 * 1024) return `${(n / 1024).toFixed(1)} KB`;
  return `${(n / 1024 / 1024).toFixed(1)} MB`;
}
