import type {PodSpec} from 'kubernetes-types/core/v1.d.ts';

const taints = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];

/** How long a Pod stays on a node that is lost, unless it says so itself. */
const tolerationSeconds = 300;

/** What the admission plug-in DefaultTolerationSeconds adds. */
export function addDefaultTolerations(spec: PodSpec): void {
  for (const key of taints) {
    const said = (spec.tolerations ?? []).some(
      one => (!one.key || one.key === key) && (!one.effect || one.effect === 'NoExecute'),
    );
    if (said) continue;
    spec.tolerations ??= [];
    spec.tolerations.push({key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds});
  }
}
