import { render } from 'preact';
import { useEffect } from 'preact/hooks';

/** What a start is compared with: a page with Preact, and nothing on it but one line. */
function Empty() {
  useEffect(() => {
    performance.mark('quantchat:list');
  }, []);
  return <p>Nothing</p>;
}

render(<Empty />, document.body);
