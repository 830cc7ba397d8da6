import { texts } from '../../app/texts';
import { Nothing } from '../../parts';
import { visible } from '../../format/visible';
import type { PanelViewProps } from '../panel';

const words = texts.kinds.news;

/** A feed of a foreign host: Oriel does not ask it, and says where it is. */
export default function News({ options, say, height }: PanelViewProps) {
  const feed = typeof options['feedUrl'] === 'string' ? say(options['feedUrl']).trim() : '';
  const isLink = /^https?:\/\//i.test(feed);
  return (
    <Nothing title={words.title} height={height}>
      {feed ? words.why : words.noFeed}{' '}
      {isLink ? (
        <a
          href={feed}
          target="_blank"
          rel="noopener noreferrer"
          style={{ overflowWrap: 'anywhere' }}
        >
          {visible(feed)}
        </a>
      ) : (
        visible(feed)
      )}
    </Nothing>
  );
}
