/** Who tells of binding, in events. */
export const binderSource = {component: 'persistentvolume-controller'};
