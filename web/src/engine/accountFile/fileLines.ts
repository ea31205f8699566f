import { Base64Text } from '../../crypto';
import type { About, FileEntry, Way } from '../files/entry';
import type { Fields } from './fields';

const STAYED = 'it stayed where the account file was made';
const MOST_PIXELS = 65_535;

/**
 * A message's file as its line describes it: without its bytes. What the server has can be fetched
 * from wherever the account is; all else is gone there.
 */
export function fileLine({ about, sealed, way }: FileEntry): Record<string, unknown> {
  const isOnServer = way.state === 'on_server' || way.state === 'fetching';
  return {
    name: about.name,
    type: about.type,
    size: about.size,
    width: about.width,
    height: about.height,
    thumbnail: about.thumbnail && Base64Text.encode(about.thumbnail),
    blurhash: about.blurhash,
    digest: about.digest,
    key: Base64Text.encode(sealed.key),
    sealed_size: sealed.size,
    sealed_sha256: Base64Text.encode(sealed.sha256),
    media_id: way.mediaId,
    until: way.until,
    state: isOnServer ? 'on_server' : 'gone',
    ...(isOnServer ? {} : { fault: way.state === 'gone' ? (way.fault ?? STAYED) : STAYED }),
  };
}

export function fileIn(line: Fields, isStranger: boolean): FileEntry {
  return {
    about: aboutIn(line),
    sealed: {
      key: line.bytes('key', 32),
      size: line.number('sealed_size'),
      sha256: line.bytes('sealed_sha256', 32),
      parts: [],
    },
    way: wayIn(line, isStranger),
  };
}

function aboutIn(line: Fields): About {
  const about: About = {
    name: line.text('name'),
    type: line.text('type'),
    size: line.number('size'),
  };
  if (line.has('width') || line.has('height')) {
    about.width = line.number('width', MOST_PIXELS);
    about.height = line.number('height', MOST_PIXELS);
    if (about.width === 0 || about.height === 0) {
      throw line.senseless();
    }
  }
  if (line.has('thumbnail')) {
    about.thumbnail = line.bytes('thumbnail');
  }
  if (line.has('blurhash')) {
    about.blurhash = line.text('blurhash');
  }
  if (line.has('digest')) {
    about.digest = line.text('digest');
  }
  return about;
}

function wayIn(line: Fields, isStranger: boolean): Way {
  const state = line.text('state');
  const isOnServer = state === 'on_server';
  if (isOnServer ? !line.has('media_id') : state !== 'gone') {
    throw line.senseless();
  }
  const way: Way = { state: isOnServer ? 'on_server' : 'gone', done: 0, deletionDue: false };
  if (line.has('media_id')) {
    way.mediaId = line.text('media_id');
  }
  if (line.has('until')) {
    way.until = line.time('until');
  }
  if (!isOnServer) {
    way.fault = line.has('fault') ? line.text('fault') : STAYED;
  } else if (isStranger) {
    way.held = true;
  }
  return way;
}
