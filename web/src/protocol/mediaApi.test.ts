import { describe, expect, it } from 'vitest';
import { ServerRefusal, Unreachable } from './failures';
import { MediaApi } from './mediaApi';
import { type Reply, says } from './testing/scriptedFetch';
import { BASE, signedIn } from './testing/signedIn';

const MEDIA = 'cG9sYXJpcy1hbmQtb3RoZXItc3RhcnMtYXJlLWZhciE';
const FILE = { size: 100, sha256: 'hash', deleteHash: 'other', parts: ['one', 'two'] };
const LARGE = { ...FILE, size: 16 * 1024 * 1024 + 1 };
const UNTIL = '2026-02-09T10:00:00.123Z';

const PART = {
  number: 1,
  offset: 0,
  size: 100,
  method: 'PUT',
  url: 'https://bucket.example.org/media/a?X-Amz-Signature=5f0a%2B',
  headers: { 'content-type': 'application/octet-stream', 'X-Amz-Checksum-Sha256': 'hash' },
};

/** What the link is here. */
const LINK = `${new URL(BASE).origin}/media/a?X-Amz-Signature=5f0a%2B`;

function uploadOf(part: object, more: object = {}) {
  return {
    media_id: MEDIA,
    expires_at: UNTIL,
    upload: { multipart: false, expires_at: UNTIL, parts: [part] },
    ...more,
  };
}

function setUp(...replies: Reply[]) {
  const { rest, session, server } = signedIn(...replies);
  return { media: new MediaApi(rest, session, BASE), server, rest, session };
}

describe('a way up', () => {
  it('is for a file in one piece', async () => {
    const { media, server } = setUp(says(201, uploadOf(PART)));

    expect(await media.begin(FILE)).toEqual({
      mediaId: MEDIA,
      until: Date.parse(UNTIL),
      isMultipart: false,
      parts: [
        {
          number: 1,
          offset: 0,
          size: 100,
          url: LINK,
          headers: { 'content-type': 'application/octet-stream', 'x-amz-checksum-sha256': 'hash' },
        },
      ],
    });
    expect(JSON.parse(server.asked[0]?.text ?? '')).toEqual({
      size: 100,
      sha256: 'hash',
      delete_hash: 'other',
    });
  });

  it('is the other way where the operator has other sizes', async () => {
    const upload = says(201, uploadOf(PART, { upload: { multipart: true, parts: [PART] } }));
    const { media, server } = setUp(says(422, {}), upload, says(422, {}), upload);

    await media.begin(FILE);
    expect((await media.begin(LARGE)).isMultipart).toBe(true);

    const inParts = server.asked.map((asked) => 'parts' in JSON.parse(asked.text ?? ''));
    expect(inParts).toEqual([false, true, true, false]);
  });

  it('is refused where both ways are', async () => {
    const { media } = setUp(says(422, {}), says(422, { detail: 'Too large.' }));

    await expect(media.begin(FILE)).rejects.toThrow('Too large.');
  });

  it('is not asked for again after another refusal', async () => {
    const { media, server } = setUp(says(403, {}));

    await expect(media.begin(FILE)).rejects.toBeInstanceOf(ServerRefusal);
    expect(server.asked).toHaveLength(1);
  });

  it('may have nothing left to be put, and no end', async () => {
    const { media, server } = setUp(says(200, { media_id: MEDIA, upload: { parts: [] } }));

    expect(await media.renew(MEDIA)).toEqual({
      mediaId: MEDIA,
      until: undefined,
      isMultipart: false,
      parts: [],
    });
    expect(server.routes).toEqual([`POST /media/${MEDIA}/parts`]);
  });

  it.each<[string, object]>([
    ['an id that is a path', uploadOf(PART, { media_id: '../users/me' })],
    ['no number', uploadOf({ ...PART, number: '1' })],
    ['a place before the file', uploadOf({ ...PART, offset: -1 })],
    ['no size', uploadOf({ ...PART, size: 0.5 })],
    ['no link', uploadOf({ ...PART, url: null })],
    ['a link that is no address', uploadOf({ ...PART, url: 'https://' })],
    ['a link without TLS', uploadOf({ ...PART, url: 'http://bucket.example.org/a' })],
    ['a link that is a script', uploadOf({ ...PART, url: 'javascript:alert(1)' })],
    ['a link that is data', uploadOf({ ...PART, url: 'data:,x' })],
    ['a cookie', uploadOf({ ...PART, headers: { cookie: 'a=b' } })],
    ['a token', uploadOf({ ...PART, headers: { Authorization: 'Bearer x' } })],
    ['a line break', uploadOf({ ...PART, headers: { 'x-amz-a': 'a\r\nb: c' } })],
    ['a header that is a number', uploadOf({ ...PART, headers: { 'x-amz-a': 7 } })],
  ])('with %s makes no sense', async (_, answer) => {
    const { media } = setUp(says(201, answer));

    await expect(media.begin(FILE)).rejects.toBeInstanceOf(Unreachable);
  });

  it('leads to the own origin, relative or not, and without TLS where the relay has none', async () => {
    const { rest, session } = signedIn(
      says(201, uploadOf({ ...PART, url: '/media-bucket/a?sig=1' })),
      says(201, uploadOf({ ...PART, url: 'http://127.0.0.1:9000/a' })),
    );
    const media = new MediaApi(rest, session, 'http://localhost:8080/api/v1');

    expect((await media.begin(FILE)).parts[0]?.url).toBe(
      'http://localhost:8080/media-bucket/a?sig=1',
    );
    expect((await media.begin(FILE)).parts[0]?.url).toBe('http://localhost:8080/a');
  });
});

describe('a way down', () => {
  const answer = { expires_at: UNTIL, size: 100, download: { url: PART.url } };

  it('is a link, with when the file is gone', async () => {
    const { media } = setUp(says(200, answer));

    expect(await media.download(MEDIA)).toEqual({
      url: LINK,
      until: Date.parse(UNTIL),
      size: 100,
    });
  });

  it.each<[string, object]>([
    ['link', { ...answer, download: {} }],
    ['download', { ...answer, download: null }],
    ['end', { ...answer, expires_at: 'never' }],
  ])('without a %s makes no sense', async (_, broken) => {
    const { media } = setUp(says(200, broken));

    await expect(media.download(MEDIA)).rejects.toBeInstanceOf(Unreachable);
  });
});

it('completes and deletes', async () => {
  const { media, server } = setUp(says(204), says(204));

  await media.complete(MEDIA);
  await media.delete(MEDIA, 'c2VjcmV0');

  expect(server.routes).toEqual([`POST /media/${MEDIA}/complete`, `DELETE /media/${MEDIA}`]);
  expect(server.asked[1]?.text).toBe('{"secret":"c2VjcmV0"}');
});
