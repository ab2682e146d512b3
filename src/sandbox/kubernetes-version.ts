/** The Kubernetes release whose behaviour is simulated. */
export const kubernetesVersion = 'v1.35.4';
