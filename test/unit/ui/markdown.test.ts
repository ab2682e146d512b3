import {describe, expect, test} from 'vitest';
import {renderMarkdown} from '../../../src/ui/markdown.ts';
import {styleFor} from '../../../src/ui/style.ts';

const plain = (text: string, width = 40) => renderMarkdown(text, width, styleFor(false));

describe('renderMarkdown', () => {
  test('paragraphs are wrapped and stand apart', () => {
    expect(plain('One two\nthree.\n\nFour.', 12)).toEqual(['One two', 'three.', '', 'Four.']);
    expect(plain('One\ntwo.', 40)).toEqual(['One two.']);
  });
  test('a line end between Japanese characters is nothing', () => {
    expect(plain('これは\nテスト\nPod です。')).toEqual(['これはテスト Pod です。']);
  });
  test('code keeps its lines and is not wrapped', () => {
    expect(plain('```\nkubectl get pods -o wide --namespace somewhere\n\n  x\n```', 20)).toEqual([
      '    kubectl get pods -o wide --namespace somewhere',
      '    ',
      '      x',
    ]);
  });
  test('lists, numbered too, with their lines below each other', () => {
    expect(plain('- one two three four\n- five', 12)).toEqual(['• one two', '  three four', '• five']);
    expect(plain('3. a\n4. b')).toEqual(['3. a', '4. b']);
  });
  test('quotes, rules, tables', () => {
    expect(plain('> wise')).toEqual(['│ wise']);
    expect(plain('a\n\n---\n\nb', 10)).toEqual(['a', '', '─'.repeat(10), '', 'b']);
    expect(plain('| a | b |\n|---|---|\n| 1 | 2 |')).toEqual(['a  b', '1  2']);
  });
  test('emphasis and code in colour, or as plain text', () => {
    expect(plain('**bold**, *slanted*, `code`')).toEqual(['bold, slanted, code']);
    const [coloured] = renderMarkdown('**bold** `code`', 40, styleFor(true));
    expect(coloured).toBe('\u001b[1mbold\u001b[22m \u001b[36mcode\u001b[39m');
  });
  test('a link shows where it leads, once', () => {
    expect(plain('[docs](https://k3d.io) https://k3d.io')).toEqual(['docs (https://k3d.io) https://k3d.io']);
  });
  test('what looks like HTML is as it was written', () => {
    expect(plain('`<name>` & "x" \\* a < b')).toEqual(['<name> & "x" * a < b']);
  });
});
