/** Pages that say how a program is installed. */
export const install = {
  kubectl: 'https://kubernetes.io/ja/docs/tasks/tools/',
  k3d: 'https://k3d.io/',
  minikube: 'https://minikube.sigs.k8s.io/docs/start/',
  docker: 'https://docs.docker.com/engine/install/',
};
