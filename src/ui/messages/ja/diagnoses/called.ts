import {kindNames, type ObjectRef} from '../../../../world/object.ts';

export const called = (object: ObjectRef | undefined): string =>
  object ? `${kindNames[object.kind]}「${object.name}」` : '対象のオブジェクト';

export const all = (items: readonly string[]): string => items.join('、');

/** 「x」の間違いではありませんか？ Or nothing. */
export const meant = (nearest: string | undefined): string =>
  nearest ? `「${nearest}」の間違いではありませんか？` : '';
