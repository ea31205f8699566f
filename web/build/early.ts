import type { Plugin } from 'vite';

/**
 * Has the page run one of its scripts, by the name of its chunk, as soon as that is there, without
 * waiting for the main one, which imports it.
 */
export function early(name: string): Plugin {
  return {
    name: 'quantchat-early',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const script = Object.values(bundle ?? {}).find(
          (it) => it.type === 'chunk' && it.name === name,
        );
        if (script === undefined) {
          throw new Error(`There is no chunk ${name}.`);
        }
        const preloaded = new RegExp(`\\s*<link rel="modulepreload"[^>]*/${script.fileName}">`);
        return {
          html: html.replace(preloaded, ''),
          tags: [
            {
              tag: 'script',
              attrs: { type: 'module', async: true, crossorigin: true, src: `/${script.fileName}` },
              injectTo: 'head-prepend',
            },
          ],
        };
      },
    },
  };
}
