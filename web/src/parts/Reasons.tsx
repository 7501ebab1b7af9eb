/** Codes that only repeat the verdict. */
const RESTATING: ReadonlySet<string> = new Set(['OK', 'NOT_APPLICABLE']);

/** Reason codes with their meaning, in the order of the finding. */
export function Reasons({ codes, texts }: { codes: string[]; texts: string[] }) {
  const reasons = codes.map((code, i) => ({ code, text: texts[i] ?? code })).filter(({ code }) => !RESTATING.has(code));
  if (reasons.length === 0) return null;
  return (
    <ul className="reasons" aria-label="原因">
      {reasons.map(({ code, text }) => (
        <li key={code}>
          {text} <code className="quiet">{code}</code>
        </li>
      ))}
    </ul>
  );
}
