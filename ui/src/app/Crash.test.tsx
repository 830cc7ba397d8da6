import { cleanup, render, screen } from '@testing-library/react';
import { Crash } from './Crash';

afterEach(cleanup);

function Broken(): never {
  throw new TypeError('no such thing');
}

test('what a broken page threw is told as its own words, not as the words of the server', () => {
  const silent = vi.spyOn(console, 'error').mockImplementation(() => undefined); // React logs it too

  render(
    <Crash>
      <Broken />
    </Crash>,
  );
  silent.mockRestore();

  expect(screen.getByText('TypeError: no such thing')).not.toBeNull();
  expect(screen.getByText('What the page said')).not.toBeNull();
  expect(screen.queryByText('What the server said')).toBeNull();
});
