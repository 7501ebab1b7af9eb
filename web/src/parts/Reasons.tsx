/** Reason codes with their meaning, in the order of the finding. */
export function Reasons({ codes, texts }: { codes: string[]; texts: string[] }) {
  if (codes.length === 0) return null;
  return (
    <ul className="reasons" aria-label="原因">
      {codes.map((code, i) => (
        <li key={code}>
          {texts[i] ?? code} <code className="quiet">{code}</code>
        </li>
      ))}
    </ul>
  );
}
