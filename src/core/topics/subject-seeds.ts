import type { Subject } from './subject-names.ts';

/**
 * English words that speak of a subject and of little else. The lexicon takes them to the other languages; weights
 * learned from labelled text refine them (`subject-weights.ts`).
 */
export const subjectSeeds: Readonly<Record<Subject, string>> = {
  arts: 'film movie actor actress cinema music musician singer song album concert band orchestra opera theatre theater drama comedy dance dancer ballet painting painter sculpture museum gallery exhibition artist art novel poet poem poetry writer author book literature festival celebrity television series episode director premiere oscar hollywood guitar piano composer comic animation broadcaster culture entertainment audience screenplay trailer soundtrack award',
  conflict:
    'war battle troop soldier army military missile bomb bombing airstrike shelling rebel militia ceasefire truce invasion occupation siege terrorist terrorism insurgent guerrilla combat artillery drone tank weapon ammunition hostage jihadist coup genocide massacre offensive frontline navy warship peacekeeper armistice battalion commander fighter explosive grenade',
  crime:
    'crime criminal police arrest prison jail court judge trial lawyer prosecutor murder murderer robbery theft thief rape assault kidnapping suspect verdict sentence fraud corruption bribery smuggling trafficking drug mafia gang detective investigation indictment defendant guilty convicted conviction detention custody lawsuit justice victim stabbing shooting homicide extortion burglar',
  disaster:
    'earthquake tsunami flood hurricane tornado cyclone volcano eruption avalanche landslide wildfire fire explosion crash collision accident wreck derailment rescue rescuer survivor casualty emergency evacuation magnitude aftershock collapse famine disaster catastrophe drowning shipwreck firefighter rubble blaze',
  economy:
    'economy economic bank banking inflation market stock share investor investment profit revenue company firm corporation business trade export import tariff tax budget debt deficit currency dollar euro loan interest price bond shareholder merger acquisition bankruptcy industry manufacturer factory sales retail consumer customer recession growth finance financial fund oil gas airline startup supply commerce merchant',
  education:
    'school university college student teacher pupil professor classroom lesson exam examination curriculum education educational homework campus scholarship degree diploma kindergarten academic lecture learning literacy graduate tuition enrolment textbook principal faculty',
  environment:
    'climate environment environmental pollution emission carbon greenhouse warming biodiversity species wildlife forest deforestation conservation habitat extinction recycling plastic waste renewable ecosystem glacier coral reef ocean endangered ecology nature poaching whale rainforest conservationist sustainable fossil contamination',
  health:
    'health disease doctor hospital patient medicine medical virus infection vaccine vaccination epidemic pandemic outbreak symptom cancer surgery surgeon nurse clinic treatment therapy drug diabetes heart blood brain pregnancy mental depression obesity nutrition bacteria flu malaria ebola hiv aids tuberculosis diagnosis pharmaceutical dose illness sick fever immune antibiotic pain injury coronavirus',
  'human-interest':
    'birthday wedding anniversary lottery record oldest heroic reunion pet prank bizarre curiosity royal prince princess queen baby twins centenarian viral funny puppy kitten',
  labour:
    'worker strike union wage salary employment unemployment employer employee job layoff workplace labour labor pension retirement overtime hiring redundancy dismissal picket workforce unemployed recruitment worktime staff',
  lifestyle:
    'travel tourist tourism traveler hotel holiday vacation restaurant food recipe chef cuisine cooking fashion wine beer coffee beach resort trip flight airport luggage visa passport hike hiking camping ski cruise sightseeing destination hostel guide garden hobby game shopping backpack safari itinerary visitor gastronomy dish dessert spa',
  politics:
    'government president minister parliament election vote voter candidate campaign party senator senate congress democracy democratic republican opposition coalition referendum constitution policy politician political diplomat diplomacy embassy ambassador sanction treaty summit governor mayor legislation lawmaker bill reform cabinet premier chancellor ballot poll resign resignation protest protester regime independence sovereignty federal republic impeachment inauguration monarchy',
  religion:
    'religion religious church mosque temple synagogue pope bishop priest imam rabbi monk nun pilgrim pilgrimage prayer pray faith god bible quran islam muslim christian christianity catholic protestant orthodox jewish hindu buddhist ramadan easter hajj saint vatican worship cathedral cleric theology sermon',
  science:
    'science scientist scientific research researcher experiment laboratory physics chemistry biology astronomy space spacecraft satellite rocket planet galaxy telescope nasa mars moon orbit atom molecule gene dna cell fossil dinosaur mathematics technology computer software internet robot algorithm smartphone chip processor innovation invention engineer electron particle laser theory evolution microscope digital artificial intelligence data cyber app hacker',
  society:
    'migrant refugee immigration asylum family marriage divorce child women gender abortion homosexual gay racism discrimination minority population census poverty homeless community orphan adoption rights equality feminism welfare demographic indigenous ethnic tribe generation youth elderly society charity',
  sport:
    'sport football soccer basketball tennis baseball cricket rugby hockey golf volleyball handball match goal team player coach club league championship champion tournament cup final semifinal olympic medal athlete athletics race racing cyclist marathon swimmer swimming boxing boxer wrestling referee stadium striker goalkeeper midfielder defender penalty score win defeat victory season fifa uefa ski skiing gymnastics sprint formula racer transfer fan',
  weather:
    'weather rain rainfall snow snowfall storm temperature forecast forecaster meteorologist heatwave drought wind cloud thunderstorm lightning sunny humidity fog frost hail blizzard meteorological celsius fahrenheit cold heat precipitation monsoon',
};
