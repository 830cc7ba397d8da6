import '../testing';
import { render, screen } from '@testing-library/react';
import { faultsIn, HOSTILE, propsOf } from '../kinds.testing';
import Text from '.';
import { safeHtml } from './content';

const same = (text: string) => text;

describe('what may stand in a text panel', () => {
  test.each([
    ['a script', '<script>alert(1)</script>ok', 'ok'],
    ['a handler', '<b onclick="alert(1)">ok</b>', '<b>ok</b>'],
    ['a style sheet', '<style>*{display:none}</style>ok', 'ok'],
    ['a frame', '<iframe src="https://example.org"></iframe>ok', 'ok'],
    ['a form', '<form action="https://example.org"><input name="q"></form>ok', 'ok'],
    ['a script as an address', '<a href="javascript:alert(1)">ok</a>', '<a>ok</a>'],
    [
      'an image with a handler',
      '<img src="x" onerror="alert(1)" alt="a">',
      '<img alt="a" referrerpolicy="no-referrer">',
    ],
    ['a drawing that runs', '<svg onload="alert(1)"><path/></svg>ok', 'ok'],
    ['a style attribute', '<p style="position:fixed">ok</p>', '<p>ok</p>'],
  ])('%s is taken out', (_, html, expected) => {
    expect(safeHtml(html, 'html', same)).toBe(expected);
  });

  test('images of the web and of data stay, others lose their address', () => {
    const shown = safeHtml(
      '<img src="https://example.org/a.png"><img src="data:image/png;base64,AA=="><img src="/api/x"><img src="data:text/html,x">',
      'html',
      same,
    );

    expect(shown.match(/ src=/g)).toHaveLength(2);
  });

  test('a link out opens beside the page and cannot reach back', () => {
    expect(safeHtml('[docs](https://example.org/a)', 'markdown', same)).toContain(
      '<a href="https://example.org/a" target="_blank" rel="noopener noreferrer">',
    );
    expect(safeHtml('[board](/d/vllm)', 'markdown', same)).not.toContain('target');
  });

  test('the value of a variable is text, whatever stands in it', () => {
    const say = (text: string) => (text === '$host' ? '<img src=x onerror=alert(1)>' : text);

    for (const mode of ['html', 'markdown'])
      expect(safeHtml('on <b>$host</b>, $other', mode, say)).toContain(
        '<b>&lt;img src=x onerror=alert(1)&gt;</b>, $other',
      );
  });
});

describe('a text panel', () => {
  test('shows Markdown with its variables filled', () => {
    const say = (text: string) => text.replace('${host}', 'atlas-01');
    render(<Text {...propsOf({ options: { content: '# On ${host}\n\n- one' }, say })} />);

    expect(screen.getByRole('heading', { name: 'On atlas-01' })).toBeTruthy();
    expect(screen.getByRole('listitem').textContent).toBe('one');
  });

  test('shows code as it is, with the name of its language', () => {
    const content = 'if (a < b) { <b>x</b> }\nend';
    const options = {
      mode: 'code',
      content,
      code: { language: 'javascript', showLineNumbers: true },
    };
    const { container } = render(<Text {...propsOf({ options })} />);

    expect(container.querySelector('code')!.textContent).toBe(`${content}\n`);
    expect(screen.getByText('javascript')).toBeTruthy();
  });

  test('with hostile words it stays calm, and axe finds nothing', async () => {
    const { container } = render(
      <Text {...propsOf({ options: { content: HOSTILE, mode: 'html' } })} />,
    );

    expect(container.querySelector('[onerror]')).toBeNull();
    expect(await faultsIn(container)).toEqual([]);
  });
});
