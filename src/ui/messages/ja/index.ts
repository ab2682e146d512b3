import type {Messages} from '../sentences.ts';
import {diagnoses} from './diagnoses.ts';
import {doctor} from './doctor.ts';
import {errors} from './errors.ts';
import {mismatches} from './mismatches.ts';
import {remarks} from './remarks.ts';
import {words} from './words.ts';

export const ja: Messages = {errors, diagnoses, mismatches, remarks, words, doctor};
