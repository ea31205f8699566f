import { EngineWorker } from './engineWorker';

/**
 * This tab's worker. The build makes a script of its own of it, which the page loads beside its main
 * one: the worker starts while that is still on its way.
 */
export const worker = new EngineWorker();
