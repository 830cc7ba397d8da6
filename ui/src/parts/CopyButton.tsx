import { useEffect, useState } from 'react';
import { IconButton } from './Button';
import { copyText } from './copyText';

/** Copies a text and says so by its picture for a moment. */
export function CopyButton(props: { text: string; label?: string; small?: boolean }) {
  const { text, label = 'Copy', small } = props;
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1_500);
    return () => clearTimeout(timer);
  }, [copied]);

  return (
    <IconButton
      icon={copied ? 'check' : 'copy'}
      label={copied ? 'Copied' : label}
      look="ghost"
      small={small}
      onClick={() => void copyText(text).then(setCopied)}
    />
  );
}
