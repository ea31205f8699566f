import { describe, expect, it } from 'vitest';
import { pieces } from './links';

const links = (text: string) => pieces(text).filter((piece) => piece.href);

describe('links in a text', () => {
  it('finds addresses and keeps every character around them', () => {
    const text = 'See https://example.org/a?b=c#d, and http://example.com.';

    expect(links(text).map((link) => link.text)).toEqual([
      'https://example.org/a?b=c#d',
      'http://example.com',
    ]);
    expect(
      pieces(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'ftp://example.org/',
    'file:///etc/passwd',
    'https://',
    'https://[nonsense]/',
    'www.example.org',
    'mailto:a@example.org',
  ])('makes no link of %s', (text) => {
    expect(links(text)).toEqual([]);
    expect(pieces(text)).toEqual([{ text }]);
  });

  it('keeps brackets that belong to the address and drops those around it', () => {
    expect(links('(https://example.org/a_(b))').map((link) => link.text)).toEqual([
      'https://example.org/a_(b)',
    ]);
    expect(links('[https://example.org/].').map((link) => link.text)).toEqual([
      'https://example.org/',
    ]);
  });

  it.each([
    ['https://аpple.com/', 'xn--pple-43d.com'],
    ['https://xn--pple-43d.com/', 'xn--pple-43d.com'],
    ['https://bank.example@evil.example/', 'evil.example'],
    ['https://bank.example\\@evil.example/', 'bank.example'],
    ['http://2130706433/', '127.0.0.1'],
    ['https://ｅxample.org/', 'example.org'],
  ])('says where %s really leads', (text, host) => {
    expect(links(text)[0]?.leadsTo).toBe(host);
  });

  it('says nothing beside a plain address, whatever its case or port', () => {
    expect(links('HTTPS://Example.ORG:8443/Path')).toEqual([
      { text: 'HTTPS://Example.ORG:8443/Path', href: 'https://example.org:8443/Path' },
    ]);
  });

  it.each(['\u202e', '\u2066', '\u200f', '\u200b', '\u0007'])(
    'ends a link before a character that hides or turns it: %j',
    (character) => {
      expect(links(`https://example.org/${character}gpj.exe`).map((link) => link.text)).toEqual([
        'https://example.org/',
      ]);
    },
  );

  it('makes no link of an address that nobody would follow', () => {
    expect(links(`https://example.org/${'a'.repeat(3_000)}`)).toEqual([]);
  });

  it('takes any number of closing brackets off', () => {
    const text = `https://example.org/(a)${')'.repeat(2_000)}`;

    expect(links(text).map((link) => link.text)).toEqual(['https://example.org/(a)']);
  });

  it('finds a thousand', () => {
    const text = Array.from({ length: 1_000 }, (_, i) => `https://example.org/${i}`).join(' ');

    expect(links(text)).toHaveLength(1_000);
  });
});
