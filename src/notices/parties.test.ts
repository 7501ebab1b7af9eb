import { describe, expect, it } from 'vitest';

import { isOrganisation, nameKey, readParties, readParty } from './parties.ts';

describe('names of parties', () => {
  it('compares names in one width and bracket shape and forgives nothing else', () => {
    expect(nameKey('云南建工（集团） 有限公司')).toBe(nameKey('云南建工(集团)有限公司'));
    expect(nameKey('云南建工有限公司')).not.toBe(nameKey('云南建工有限公司红河分公司'));
  });

  it('cuts off what stands behind a name in its cell', () => {
    expect(readParty('红河恒基建设有限公司，地址：开远市人民路3号')).toBe('红河恒基建设有限公司');
    expect(readParty('红河恒基建设有限公司 18900001234')).toBe('红河恒基建设有限公司');
    expect(readParty('开远市水务局（采购人）')).toBe('开远市水务局');
    expect(readParty('昆明道实科技有限公司;')).toBe('昆明道实科技有限公司');
  });

  it.each(['（盖章）', '（单位章）', '/', '无', '13888880000', '详见附件'])('reads no name in %s', (cell) => {
    expect(readParty(cell)).toBeNull();
  });

  it('splits winners and keeps a consortium that is printed as one name', () => {
    expect(readParties('甲乙科技有限公司;丙丁商贸有限公司')).toEqual(['甲乙科技有限公司', '丙丁商贸有限公司']);
    expect(readParties('甲乙设计院有限公司、丙丁建设有限公司')).toEqual(['甲乙设计院有限公司', '丙丁建设有限公司']);
    expect(readParties('甲乙设计院有限公司(丙丁建设有限公司)')).toEqual(['甲乙设计院有限公司(丙丁建设有限公司)']);
  });

  it('knows offices, shops and associations by their last word, and no label of a form', () => {
    expect(isOrganisation('成都市新好厨酒店用品商行')).toBe(true);
    expect(isOrganisation('开远市灵泉街道办事处')).toBe(true);
    expect(isOrganisation('采购单位')).toBe(false);
    expect(isOrganisation('本项目的监督部门为开远市住房和城乡建设局。')).toBe(false);
  });
});
