import {createHash} from 'node:crypto';
import type {Container} from 'kubernetes-types/core/v1.d.ts';
import type {Image} from '../../programs/program.ts';
import type {BackOff} from '../back-off.ts';
import type {KubeletContext} from '../kubelet-context.ts';

/** Why a container has no image (yet): the reason and message that it waits with. */
export class ImageError extends Error {
  override readonly name = 'ImageError';
  readonly reason: 'ErrImagePull' | 'ImagePullBackOff' | 'ErrImageNeverPull' | 'InvalidImageName';
  constructor(reason: ImageError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Records an event of the container. */
export type Tell = (type: 'Normal' | 'Warning', reason: string, message: string) => void;

/**
 * Finds a container's image, and tells of it as of a pull. Every image that is simulated is on every node.
 * @throws ImageError; its events are recorded
 */
export function pullImage(
  {images, clock}: Pick<KubeletContext, 'images' | 'clock'>,
  {image: reference = '', imagePullPolicy = 'IfNotPresent'}: Container,
  backOff: BackOff,
  tell: Tell,
): Image {
  if (isInvalid(reference)) throw invalidName(reference, tell);
  const found = images(reference);
  if (!('missing' in found)) {
    if (imagePullPolicy === 'Always') tellOfPull(reference, found, tell);
    else
      tell(
        'Normal',
        'Pulled',
        `Container image "${reference}" already present on machine and can be accessed by the pod`,
      );
    return found;
  }
  if (imagePullPolicy === 'Never') throw neverPulled(reference, tell);
  if (backOff.left(reference) > 0) throw backedOff(reference, found.missing, tell);
  tell('Normal', 'Pulling', `Pulling image "${reference}"`);
  backOff.next(reference, clock.now());
  tell('Warning', 'Failed', `Failed to pull image "${reference}": ${found.missing}`);
  tell('Warning', 'Failed', 'Error: ErrImagePull');
  throw new ImageError('ErrImagePull', found.missing);
}

/** Repositories are in lower case; what may be in a tag or digest is left to the lookup. */
const isInvalid = (reference: string) =>
  !/^(?:[\w.-]+(?::\d+)?\/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*(?::[\w][\w.-]*)?(?:@sha256:[0-9a-f]{64})?$/.test(
    reference,
  );

function invalidName(reference: string, tell: Tell): ImageError {
  const message = `Failed to apply default image tag "${reference}": couldn't parse image name "${reference}": invalid reference format`;
  tell('Warning', 'InspectFailed', message);
  tell('Warning', 'Failed', 'Error: InvalidImageName');
  return new ImageError('InvalidImageName', message);
}

function tellOfPull(reference: string, {size}: Image, tell: Tell): void {
  tell('Normal', 'Pulling', `Pulling image "${reference}"`);
  tell(
    'Normal',
    'Pulled',
    `Successfully pulled image "${reference}" in 1ms (1ms including waiting). Image size: ${size} bytes.`,
  );
}

function neverPulled(reference: string, tell: Tell): ImageError {
  const message = `Container image "${reference}" is not present with pull policy of Never`;
  tell('Warning', 'ErrImageNeverPull', message);
  tell('Warning', 'Failed', 'Error: ErrImageNeverPull');
  return new ImageError('ErrImageNeverPull', message);
}

function backedOff(reference: string, missing: string, tell: Tell): ImageError {
  const message = `Back-off pulling image "${reference}"`;
  tell('Normal', 'BackOff', message);
  tell('Warning', 'Failed', 'Error: ImagePullBackOff');
  return new ImageError('ImagePullBackOff', `${message}: ErrImagePull: ${missing}`);
}

/** docker.io/library/busybox:1.37 for busybox:1.37, as containerd writes it. */
export function canonicalImage(reference: string): string {
  const [first = '', ...rest] = reference.split('/');
  const hasRegistry = rest.length > 0 && /[.:]|^localhost$/.test(first);
  const path = hasRegistry ? reference : `docker.io/${rest.length > 0 ? '' : 'library/'}${reference}`;
  return /[:@][^/]*$/.test(path) ? path : `${path}:latest`;
}

/** A made-up digest, the same for the same image on every node. */
export const imageIdOf = (canonical: string) =>
  `sha256:${createHash('sha256').update(canonical).digest('hex')}`;
