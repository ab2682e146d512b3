import type {Of} from '../../objects.ts';
import type {Strategy} from '../../registry/strategy.ts';

export const configMaps: Strategy<Of<'configmaps'>> = {};
