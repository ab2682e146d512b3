import type {Of} from '../../objects.ts';
import type {Strategy} from '../../registry/strategy.ts';

export const secrets: Strategy<Of<'secrets'>> = {
  defaults(secret) {
    secret.type ||= 'Opaque';
    if (!secret.stringData) return;
    // Only for writing: what is read is data.
    secret.data ??= {};
    for (const [key, text] of Object.entries(secret.stringData))
      secret.data[key] = Buffer.from(text).toString('base64');
    delete secret.stringData;
  },
};
