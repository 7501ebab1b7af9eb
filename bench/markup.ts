/** The markup in a reply: the page itself, or every piece of markup among the values of a JSON reply. */
export function markupsOf(reply: string): string[] {
  if (!/^\s*[{[]/.test(reply)) return [reply];
  const found: string[] = [];
  const look = (value: unknown): void => {
    if (typeof value === 'string') {
      if (value.includes('</')) found.push(value);
    } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(look);
  };
  look(JSON.parse(reply));
  return found;
}
