import { describe, expect, it } from 'vitest';

import { ownHosts } from './own-hosts.ts';
import { isPrivateAddress } from './private-address.ts';
import { scriptedSource } from './testing/source.ts';

function own(address: string, url: string): boolean {
  return ownHosts(scriptedSource({ address, channels: [{}] }))(new URL(url));
}

describe('a source’s own hosts', () => {
  it.each([
    ['http://czj.hh.gov.cn', 'https://czj.hh.gov.cn/a', true],
    ['http://www.hhky.gov.cn', 'http://hhky.gov.cn/a', true],
    ['http://czj.hh.gov.cn', 'http://czj.hh.gov.cn:8080/a', false],
    ['http://czj.hh.gov.cn', 'http://hh.gov.cn/a', false],
    ['http://czj.hh.gov.cn', 'http://czj.hh.gov.cn.example.test/a', false],
    ['http://127.0.0.1:4001', 'http://127.0.0.1:4002/a', false],
    ['http://czj.hh.gov.cn', 'file:///etc/passwd', false],
    // Its address changed by the operator, the source has nothing to do with its old home page.
    ['http://127.0.0.1:4001', 'http://www.example.test/', false],
    ['http://www.example.test', 'http://www.example.test/', true],
  ])('%s: %s is its own: %s', (address, url, expected) => {
    expect(own(address, url)).toBe(expected);
  });
});

describe('private addresses', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '::1',
    'fd00::1',
    'fe80::1',
    '::ffff:10.0.0.1',
  ])('%s is one', (address) => expect(isPrivateAddress(address)).toBe(true));
  it.each(['116.52.12.153', '172.32.0.1', '2001:da8::1', '::ffff:116.52.12.153'])('%s is none', (address) =>
    expect(isPrivateAddress(address)).toBe(false),
  );
});
