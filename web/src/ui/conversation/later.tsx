import type { ComponentChild, ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { toast } from '../parts/Toast';

/**
 * A part of the screen whose program is loaded when it is first shown. Until then, and where it
 * can't be loaded, `meanwhile` stands in its place.
 */
export function later<P extends object>(
  load: () => Promise<ComponentType<P>>,
  meanwhile: (props: P) => ComponentChild = () => null,
) {
  let loaded: ComponentType<P> | undefined;
  return function Later(props: P) {
    const [Part, setPart] = useState<ComponentType<P> | undefined>(() => loaded);
    useEffect(() => {
      if (Part) return;
      let wanted = true;
      load().then(
        (part) => {
          loaded = part;
          if (wanted) setPart(() => part);
        },
        () =>
          toast({
            text: 'A part of this program couldn’t be loaded. Check the connection and try again.',
            kind: 'error',
          }),
      );
      return () => {
        wanted = false;
      };
    }, []);
    return Part ? <Part {...props} /> : meanwhile(props);
  };
}
