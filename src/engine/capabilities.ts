export type {Capabilities, DefaultClass} from '../lab/needs.ts';
