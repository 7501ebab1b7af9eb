import { placesOf } from '../model/quoted-words.ts';

const PIECE = /<[^>]*>|&(?:#\d+|#x[\da-f]+|\w+);|[^<&]+|[<&]/gi;
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&nbsp;': ' ',
};

/**
 * Marks words in markup that has been made inert. Nothing is added but `<mark>`, each around text alone; the first
 * carries the id `mark`, to which a link may lead.
 * @param html sanitised: well-formed tags, and no text that is none
 */
export function markedHtml(html: string, words: string): string {
  const pieces = html.match(PIECE) ?? [];
  const texts = pieces.map(textOf);
  const places = placesOf(texts.join(''), words);
  if (places.length === 0) return html;
  let at = 0;
  let isFirst = true;
  const open = (): string => {
    const tag = isFirst ? '<mark id="mark">' : '<mark>';
    isFirst = false;
    return tag;
  };
  return pieces
    .map((piece, i) => {
      const text = texts[i]!;
      const from = at;
      at += text.length;
      const own = places.filter((place) => place.from < at && place.to > from);
      if (text === '' || own.length === 0) return piece;
      // A piece of one character, or an entity, is marked whole.
      if (piece !== text) return `${open()}${piece}</mark>`;
      let marked = '';
      let done = 0;
      for (const place of own) {
        const start = Math.max(done, place.from - from);
        const end = Math.min(text.length, place.to - from);
        marked += `${text.slice(done, start)}${open()}${text.slice(start, end)}</mark>`;
        done = end;
      }
      return marked + text.slice(done);
    })
    .join('');
}

/** What a piece shows: nothing for a tag, a character for an entity. */
function textOf(piece: string): string {
  if (piece.startsWith('<') && piece.length > 1) return '';
  if (!piece.startsWith('&') || piece.length === 1) return piece;
  return ENTITIES[piece] ?? '\ufffd';
}
