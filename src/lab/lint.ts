import type {Problem} from '../errors.ts';
import type {Lab} from './lab.ts';
import {clusterWideIsNeeded} from './rules/cluster-wide.ts';
import {
  commandsAreWhole,
  commandsBeginWithKubectl,
  manifestsExist,
  onlyDoingGoesOn,
} from './rules/commands.ts';
import {expressionsParse, findsHaveAGroup, regexesCompile} from './rules/expressions.ts';
import {milestoneIdsDiffer, stepIdsDiffer, undoneByLater, wrongIdsDiffer} from './rules/ids.ts';
import {databaseHasItsImage, namesAreFree, namesRememberedBefore, variablesKnown} from './rules/names.ts';
import type {Rule} from './rules/rule.ts';
import {doHasHelp, findHasAnswer, predictHasRight, timesFit} from './rules/steps.ts';
import {
  hintsCounted,
  milestonesAgree,
  optionsHaveText,
  placeholdersAgree,
  reasonsHaveText,
  stepsAgree,
} from './rules/texts.ts';
import {looksAskPods, watchesCover} from './rules/watches.ts';

/**
 * What is wrong with a lab although its form is right. Files are named as the lab's folder has them
 * (`lab.yaml`, `en.md`, `manifests/<file>`), and lines are left to who has the source.
 */
export const lintLab = (lab: Lab): Problem[] => labRules.flatMap(rule => rule(lab));

const labRules: Rule[] = [
  stepIdsDiffer,
  milestoneIdsDiffer,
  wrongIdsDiffer,
  undoneByLater,
  namesAreFree,
  namesRememberedBefore,
  variablesKnown,
  databaseHasItsImage,
  watchesCover,
  looksAskPods,
  expressionsParse,
  regexesCompile,
  findsHaveAGroup,
  predictHasRight,
  findHasAnswer,
  doHasHelp,
  timesFit,
  commandsAreWhole,
  commandsBeginWithKubectl,
  onlyDoingGoesOn,
  manifestsExist,
  clusterWideIsNeeded,
  stepsAgree,
  hintsCounted,
  optionsHaveText,
  reasonsHaveText,
  milestonesAgree,
  placeholdersAgree,
];
