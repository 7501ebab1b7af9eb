import { describe, expect, it } from 'vitest';

import { Fixtures, failureOf, replyTo } from '../shared/fixtures.ts';
import { source } from './source.ts';

const fixtures = new Fixtures(source);
const DETAIL = 'gcjs_candidate-detail.json';
const JSON_TYPE = 'application/json;charset=UTF-8';

/** The detail with a sentence about files in its body. */
function read(sentence: string) {
  const page = fixtures.changed(DETAIL, (reply: { value: Record<string, string> }) => ({
    ...reply,
    value: { ...reply.value, publicitycontent: `${reply.value['publicitycontent']}<p>${sentence}</p>` },
  }));
  const reading = fixtures.adapter.read(page);
  if (reading.role !== 'detail') throw new Error('no detail');
  return reading;
}

describe('the files that the platform files apart', () => {
  it('are asked for where the text speaks of any, and not for every notice', () => {
    expect(read('详见附件。').attachmentList).toMatchObject({
      role: 'attachments',
      method: 'POST',
      url: expect.stringMatching(/\/u\/file\/queryAttachmentList$/) as string,
      json: { ownerGuid: fixtures.request(DETAIL).row!.externalId, publishTime: null, isYingCangFuJian: null },
    });
    expect(read('无').attachmentList).toBeUndefined();
  });

  it('are named with the address that gives them', () => {
    const request = read('详见附件。').attachmentList!;
    const reply = JSON.stringify({ code: '1', value: [{ fileId: 'a b', fileName: '评标报告.pdf' }] });
    expect(fixtures.adapter.read(replyTo(request, reply, JSON_TYPE))).toEqual({
      role: 'attachments',
      attachments: [
        {
          name: '评标报告.pdf',
          url: `${fixtures.adapter.settings.address}/ynggfwpt-home-api/u/file/downloadFile?fileId=a%20b`,
        },
      ],
    });
    expect(fixtures.adapter.read(replyTo(request, '{"code":"1","value":null}', JSON_TYPE))).toMatchObject({
      attachments: [],
    });
    expect(failureOf(fixtures.adapter, replyTo(request, '{"code":"1","value":[{"id":1}]}', JSON_TYPE)).code).toBe(
      'FIELD_MISSING',
    );
  });
});
