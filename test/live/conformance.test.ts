import { hostConformance } from '../conformance/host-suite.js';
import { createLiveFixture } from './live-fixture.js';

hostConformance('the live host', createLiveFixture);
