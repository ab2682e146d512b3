import type {Controller} from '../controller.ts';
import {reconciler} from '../reconciler.ts';
import {isLiving} from './living.ts';

const name = 'kube-root-ca.crt';
const description =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.';

/** Each namespace has the API server's certificate authority in a ConfigMap. @param certificate in PEM */
export const rootCertificate =
  (certificate: string): Controller =>
  context => {
    const {registry} = context;
    reconciler(context, {
      name: 'root-ca-certificate-publisher-controller',
      watches: {
        namespaces: ({object}) => [object.metadata.name],
        configmaps: ({object: {metadata}}) =>
          metadata.name === name && metadata.namespace !== undefined ? [metadata.namespace] : [],
      },
      reconcile(namespace) {
        if (!isLiving(registry, namespace)) return;
        const annotations = {'kubernetes.io/description': description};
        const data = {'ca.crt': certificate};
        const there = registry.get('configmaps', namespace, name);
        if (!there) registry.create('configmaps', {metadata: {namespace, name, annotations}, data});
        else
          registry.change('configmaps', there, draft => {
            draft.metadata.annotations = {...draft.metadata.annotations, ...annotations};
            draft.data = data;
          });
      },
    });
  };
