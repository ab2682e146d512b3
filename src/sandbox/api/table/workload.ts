import type {PodTemplateSpec} from 'kubernetes-types/core/v1.d.ts';
import {type Column, wide} from './table.ts';
import {containerImages, containerNames} from './text.ts';

/** What all that make Pods show of them with `-o wide`. */
export const templateColumns: readonly Column[] = [wide('Containers'), wide('Images')];
export const templateCells = (template: PodTemplateSpec | undefined): string[] => [
  containerNames(template?.spec?.containers),
  containerImages(template?.spec?.containers),
];
