/** Where words stand in a text: offsets, the end excluded. */
export interface Place {
  from: number;
  to: number;
}

/** Shorter parts of a quotation mark half the page. */
const SHORTEST_PART = 2;

/**
 * The places of words that were read from a page, in a text of it. Blanks and width make no difference: pages break
 * lines and print full-width letters where a reading does not. Words that a table sets apart (label and value in
 * cells of their own) are found part by part. Empty where the text does not hold them.
 */
export function placesOf(text: string, words: string): Place[] {
  const page = foldedOf(text);
  const quoted = words.replace(/…$/, '');
  const whole = placeIn(page, quoted, 0);
  if (whole !== null) return [whole];
  const places: Place[] = [];
  let after = 0;
  for (const part of quoted.split(/[：:|\n]+/)) {
    const place = foldedOf(part).characters.length < SHORTEST_PART ? null : placeIn(page, part, after);
    if (place === null) continue;
    places.push(place);
    after = page.offsets.findIndex((offset) => offset >= place.to);
    if (after < 0) break;
  }
  return places;
}

interface Folded {
  characters: string;
  /** Of each folded character, where it stood. */
  offsets: number[];
  ends: number[];
}

function foldedOf(text: string): Folded {
  let characters = '';
  const offsets: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const character of text) {
    const folded = character.normalize('NFKC').replace(/\s+/g, '');
    characters += folded;
    for (let i = 0; i < folded.length; i++) {
      offsets.push(at);
      ends.push(at + character.length);
    }
    at += character.length;
  }
  return { characters, offsets, ends };
}

function placeIn(page: Folded, words: string, after: number): Place | null {
  const sought = foldedOf(words).characters;
  if (sought === '') return null;
  const at = page.characters.indexOf(sought, after);
  if (at < 0) return null;
  return { from: page.offsets[at]!, to: page.ends[at + sought.length - 1]! };
}
