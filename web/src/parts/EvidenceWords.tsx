import { useEffect, useRef, useState } from 'react';

import { placesOf } from '../../../src/model/quoted-words.ts';
import type { AlertDetailReply } from '../../../src/api/schemas.ts';
import { share } from '../numbers.ts';
import { useNotice } from '../queries.ts';
import { fieldName, ROLE } from '../words.ts';
import { ArchiveLink } from './ArchiveLink.tsx';
import { Loaded } from './Loaded.tsx';

type Item = AlertDetailReply['evidence'][number];
type Fact = Item['facts'][number];

/** What the verdict rests on, fact by fact; a chosen one is shown in its notice's text with the words marked. */
export function EvidenceWords({ items }: { items: Item[] }) {
  const [chosen, setChosen] = useState<{ noticeId: string; field: string } | null>(null);
  return (
    <>
      <p className="under">点选一项，即在公告正文中标出读取它的原文。</p>
      {items.map((item) => {
        const open =
          chosen?.noticeId === item.noticeId ? item.facts.find(({ field }) => field === chosen.field) : undefined;
        return (
          <section key={`${item.role} ${item.noticeId}`} className="evidence-words" aria-label={item.title}>
            <h3>
              <span className="mark mark-plain">{ROLE[item.role]}</span> {item.title}
            </h3>
            <ul className="fact-buttons">
              {item.facts.map((fact) => (
                <li key={fact.field}>
                  <button
                    type="button"
                    className="fact-button"
                    aria-pressed={fact === open}
                    onClick={() => setChosen(fact === open ? null : { noticeId: item.noticeId, field: fact.field })}
                  >
                    <span className="under">{fieldName(fact.field)}</span> {fact.value}
                  </button>
                </li>
              ))}
            </ul>
            {open !== undefined && <Words fact={open} noticeId={item.noticeId} />}
          </section>
        );
      })}
    </>
  );
}

function Words({ fact, noticeId }: { fact: Fact; noticeId: string }) {
  const notice = useNotice(noticeId);
  const { origin } = fact;
  return (
    <div className="fact-words">
      <p>
        {origin.attachment === undefined ? '页面原文' : `附件《${origin.attachment}》原文`}：“{origin.words}”
        <span className="under">
          （读取规则 {origin.rule}，把握 {share(origin.confidence)}）
        </span>{' '}
        {fact.archiveId !== null && <ArchiveLink id={fact.archiveId} name="在归档页面中查看" words={origin.words} />}
      </p>
      {fact.others.map((other) => (
        <p key={other.words + other.value} className="attention">
          另有不一致的读法：{other.value}（原文：“{other.words}”）
        </p>
      ))}
      <Loaded query={notice} what="公告正文">
        {(data) => <MarkedText text={data.text} words={origin.words} />}
      </Loaded>
    </div>
  );
}

function MarkedText({ text, words }: { text: string; words: string }) {
  const first = useRef<HTMLElement>(null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Only the box is scrolled: the page stays where the reader is.
    if (first.current !== null && box.current !== null) {
      box.current.scrollTop = first.current.offsetTop - box.current.offsetTop - box.current.clientHeight / 3;
    }
  }, [text, words]);
  const places = placesOf(text, words);
  if (places.length === 0) {
    return <p className="under">正文中没有这段文字：它来自网站的结构化字段或页面的其他部分，请在归档页面中核对。</p>;
  }
  return (
    <div className="notice-text notice-text-box" ref={box} tabIndex={0} aria-label="公告正文，所依据的原文已标出">
      {places.map((place, i) => (
        <span key={place.from}>
          {text.slice(places[i - 1]?.to ?? 0, place.from)}
          <mark ref={i === 0 ? first : undefined}>{text.slice(place.from, place.to)}</mark>
        </span>
      ))}
      {text.slice(places.at(-1)?.to)}
    </div>
  );
}
