"""Clinical words that are nobody's name: those of PS3.16 that screens of all kinds write, and abbreviations.

Of the context groups of PS3.16, breeds, registries, equations and roles of people left out, and of what consoles for
radiotherapy, nuclear medicine, ophthalmology, endoscopy, dentistry and the like write. Left out are the given and
family names that Faker's lists have in all languages, and the 88,799 surnames of the United States' census of 1990;
eponyms, places, peoples and departments; and what other lists know. Makers' names for what they sell, words of other
languages that came with them, and those of the names of makers' private elements, were held against Faker's lists and
the 6,000 most frequent given and family names of every country in names-dataset 3.3 instead. There are so many of them
that only the exact word is known: a name that is a letter off one of them is no misread word.
"""

_CODED = """
abdominis abducens abductor aberrated abnormalities abnormality abrupt absence accentuated accessed accessible
accident accumbens acepromazine acetate acetic acetrizoate acetylaspartylglutamate achieved acid acidified acinar
acridine acting actinic actionable actively acute addended addition adductor adeno adenocarcinoma adenohypophysis
adenolipoma adenomyoepithelioma adenopathy adenosis adipose adjacent adjudicator adjunct adjustment adjuvant
administering admitted adolescent adrenergic adults advance adventitial adverse aerobic agatston agents aggregated
agonist agreement aided airflow alaeque alanine albumin alcohol alcoholic alfentanil algorithmic algorithms allergic
allergy alloy almost alphachloralose alphadelta alphadolone alphaxalone altered alternans ambu amelanotic
aminoglycoside aminotransferase ammonia amniocentesis amnioinfusion amorphous amphetamine amputation amyloid analgesic
analytical analyzer anastrozole anchoring anconeus androgen anesthesia anesthetic angina anginal angiocardiography
angiolipoma angioma angiomatosis angiosarcoma angiotensin anguli animal anion antagonist antebrachii anthropomorphic
anti antiarrhythmic antibiotic antibody antibradycardia anticholinergic anticoagulant anticonvulsant antidiuretic
antiemetic antifungal antigen antihelix antihemophilic antihistamine antihypertensive antihypoglycemic antitachycardia
antitragus anxiety aortography aphakic apneic apocrine appearing appliance appointment apposition appropriate aqueduct
aramid architectural arithmetic armrest arousal arousals arrest arrhythmia arrhythmic arrive arsenic
arteriolosclerosis arteriosclerosis arteriosclerotic arteriosum artifactual artificial ascitic ascorbate ascorbic
asleep aspirate assess assistant assisted assisting associated assurance asthenia asthma astringent astrocytoma
asymmetric asymptomatic asynchronous asystole ataxia atelectasis atherectomy atheroma atheromatous atherosclerotic
atlantal atlanto atopic atresia atrophy atropine attach attachment atypical audit augment auricularis authentication
authorizing automatic automatically autonomic autonomous avoidance awaiting awakening axillaris azaperone
azygoesophageal backrest backscatter bacterial balanced barbiturate bayesian beaded beamsplitter beginning
benralizumab benzodiazepine beryllium bevacizumab bicisate bidirectional bifascicular bigeminy bilirubin biohazardous
biomedical biomicroscope bioptome biosafety biquad birefringence bismuth bisynchronous blanket bleeding bleomycin
blinatumomab blink blockage bloody blunted blur bolting bootstrap borderline bottle bowtie brachii brachioradialis
brachycardia bradycardia branching breakout bregma brentuximab breve brevis brightfield bromide bromine
bronchioloalveolar bronchiologram bronchodilator bronchogram bronchospasm bronchovascular bruising buffered bulbi
bunamiodyl bundle bupivacaine burning burst bursts butabarbital butanol bypass cachexia caffeine calibrator
californium caloric canceled canthus capability capacity capillary capitis capromab caput carbapenem carbonate
carcinogen carcinosarcoma cardiogenic cardiomegaly cardiomyopathy cardiopulmonary cardiorespiratory cardiosphere
cardiothoracic cardiotonic cardioversion carfentanil carnae carpi cartilaginous cartridge caruncle casting cath
caudodistal caudodorsal caudoventral cavernosum cavum cells celsius cemented centralis centralizer centrally
centrilobular cephalosporin cerebrospinal cerebrovascular certainty ceruloplasmin cervicales cervicis cesium cessation
cetuximab chaos characteristic checkerboard checks chemotherapy chewing chills chloral chloride chloriodized
chloroform chlorpromazine cholesterol cholinergic chondroma chondrosarcoma chordae chordal choriocapillaris chromate
chromaticity chromic chromium chronic chronically chronotropic cigarette ciliary cingulum circuit circulating
circulation circulatory circum cirrhosis cirsoid citric clammy classified claudication clean clearance clearing
clitoris clot clustered coaching coagulant coagulation coalescent coarse cobalt coccygeus cochlearis coiling collision
collocation colloid colonography colorectal colostomy comedocarcinoma commissure compact comparative comparisons
complaint complexes complexion complicated complication complications composing computation computer computerized
concave concentric conclusions conductance conducted conduction conformal conformality conformation conformity
congestion congestive conjunctiva connective consciousness conservation constrained constricted constrictive
construction consultation consumable contained contiguous continuing contouring contraceptives contractility
contraindicated controller convergent convulsions coracobrachialis coracoid cordis cordocentesis corporeal correlates
corticobulbar corticospinal costal costarum costocervical coughed couplet craniales cranioproximal creatinine
cribriform cricothyroideus critical crossing crus cryotherapy crystalline ctdifreeair curative curettage currently
cushion cutaneous cutaneus cyanocobalamin cyanosis cyclopentolate cylindroid cystadenocarcinoma cystatin cytokine
cytologic cytotoxic damage darkfield decibel decibels deciduous decongestant decorrelation defects deferens
defibrillation deflated deflection deformed deformity degeneration dehydration deltoideus demand demarcated
densitometric deoxygenation departed dependent deployed deployment depolarizing deprecated depreotide depression
depressor deprivation dermatitis desaturation descriptions descriptors desflurane desmoid destruction detach
detachable detached determined deterministic deuterium dexamethasone dextran dextrocardia diabetes diabetic
diaphoretic diaphragma diaphragmatis diatrizoate diazepam dichloride dichroic dichromate diencephalon dietary diethyl
diethylenetriamine differentiated differentiation difficulty diffusely digastricus digestion digitales digiti
digitorum digoxin dihydrotetrabenazine dilatation diluent dilution dimeglumine diode diopters dioxide diphenhydramine
diprotrizoate directional directive disagreement disapproved discarded discharges discoid discoloration discomfort
discontinued disintegration disodium disofenin disorders disoriented disposed dissecting disseminated dissociation
distilled distinctly distorted distraction disturbance diuretic division dizziness documented dominance dominant dopa
dorsales dorsi dorsocaudal dorsodistal dorsolateral dorsomedial dorsoproximal dorsorostral doses dotatate doublet
downgaze downsloping draped droperidol drops drowsy ductal ductogram dyscrasia dysfunction dysplasia dyspnea
dystrophic echotexture echovist eclampsia ecromeximab ectasia ectopic eczema edited editing edotreotide educational
effects effort elastic elective electric electrical electrogram electroporation electroretinogram eligibility eligible
elliptic elsewhere embryonic emergent emitting empirical emulation enabling encephalomyelitis endocarditis endocrine
endoleak endorectal endoscope endothelial endothelium endotracheal endplate enflurane enrollment enteral entirely
entorhinal entrapment eosin ephedrine epicardium epidermal epidural epifluorescence epileptic epileptiform
epileptogenic epinephrine epithelial epithelium equals equidistant equivocal erector eroded erythema erythematosus
escape estrogen ethanol ethidium etidronate etomidate exametazime exceeds excess exchange excision excluding
exertional expanded expander expanding expansion experimental expertise explantation extensor externus extracardiac
extracorporeal extracting extraluminal extraocular extrasystole extravasation extremely eyebrow eyelash faceplate
faciales facialis fallypride familial fasciae fascial fascicular fasciculation fasciculus fastpac fatigue fatty faults
febrile feces feeding femoralis ferromagnetic ferrous fetocide fever fiberoptic fibers fibrate fibril fibrillation
fibrils fibrinogen fibrinoid fibrinolysin fibro fibroadenolipoma fibroadenoma fibroadenomatoid fibrocalcific
fibrocystic fibroelastosis fibroglandular fibromatosis fibromuscular fibronodular fibrosarcoma fibrosis fibrous
fibularis fidelity fitted flail flattening flexor flexure flocculent florbetaben florbetapir flortaucipir fluanisone
flubatine fluciclatide fluciclovine fluffy flumazenil fluorescein fluorescence fluoride fluorobenzothiazole
fluorocholine fluorodeoxyglucose fluoroestradiol fluoroetanidazole fluoromethane fluoromisonidazole fluoropropyl
fluorotriopride fluorouracil flurpiridaz flush flushing flutemetamol flutter forced forceps forehead foreign forelimb
formaldehyde formalin formatted former formol fornix freezing frenulum fresolimumab frontalis fronto funiculus fused
fusiform fuzzy gadobenate gadodiamide gadofosveset gadopentetate gadoterate gadoteridol gadoversetamide gadoxetate
gait galactocele galactosyl galvanic gasping gastrointestinal gaussian gaze generic genioglossus genitalia
genitourinary genu germanium gingiva girdle glandular glans glare glaucoma glembatumumab glioblastoma globulin globus
glomerular glossokinetic glossopharyngeal glucagon glucoheptonate gluing glycogen glycolysis gmellus gonad goniolens
granular granuloma graphics graticule gravity grips growth guideline guiding gynecomastia habenular habitual habitus
haemostatic hafnium hairs hallucis halogen halothane hamartoma hardware haustra headache headframe headrest heated
heating helium helix hemangiopericytoma hematopoietic hematoxylin hemifacial hemifield hemispheric hemispherical
hemodynamics hemoglobin hemoptysis hemostasis hemostatic heparin hepatitis hepatomegaly herniated heterogeneously
hiatus hindlimb histiocytoma historical holmium homatropine homogeneity hormone hydrate hydrochloride hydrocortisone
hydroxide hydroxyapatite hydroxydopamine hyper hypercholesterolemia hyperemic hyperintensity hyperkinesis hyperopia
hyperplasia hypersensitivity hypertension hypertensive hypertrophic hypo hypoglossal hypoglossus hypoglycemic
hypointensity hypoplasia hypoplastic hypotension hypotensive hysterectomy idioventricular ignored ileocecal ileostomy
ilio iliocostalis iliohypogastricus illegible illustration imagify iminodiacetate immediately immobile
immunocompromised immunofluorescent immunohistochemistry immunomodulator impaired implantable importer improvement
inactive inadequate inappropriate incisional incisure inclusion incompetence inconsistent incoordination incorrect
incorrectly independent indian indicis indium individually indocyanine induction induration ineligible infection
infectious inferioris infertility infiltrate infiltrating infiltration inflammation inflammatory inflated inflation
infraalar inframammary infraorbitalis infrared infrequent infusate inguinalis inhalation inhibitor inhomogeneous
inject injector inlay inline innermost inotropic insert inserted insertional institutionally instrumental
insufficiency insufficient insulin intact intelligence interaction intercostales interdigitating interface
interference interfering interferometric interferometry interferon intermedius intermittent internus interossei
interpolator interpsinales interstitial intertragal intracoronary intracorpus intracutaneous intracystic intraductal
intraepithelial intralobular intramedullary intramural intramuscular intraperitoneal intratumor intrauterine
intraventricular introitus intubation invasion invasive involution involvement iodamide iodide iodipamide iodized
iodoalphionic iodobenzylguanidine iodocholesterol iodohippurate iodomethamate iodophenyl iodophthalein iodopyracet
iofetamine ioflupane ionic iopanoic iophendylate iophenoxic iothalamate ioxaglate ioxilan ipodate iridium irradiated
irradiating irregular irreversible irrigation irritation ischemic ischiadicus isocentric isodose isoelectric
isoflurane isolated isorhythmic itching jaundice jaundiced jawline jejunostomy junctional juvenile keratolytic
keratoscope keratosis ketamine kevlar kilogram kilometers kinetic krypton labia labii labium lactam lactated lactating
lactation lactational laden lamina laminated laringis latae lateralis laterodorsoproximal latissimus launcher learning
leaves leiomyoma leiomyosarcoma lemniscus lenticular leukemia leukemic levator levatores levovist lidocaine lidofenin
ligamentum limbic lincomycin linezolid linguae lipidic lipopolysaccharide liposarcoma liquid litigation lobular
lobulations logging longissimus longum longus lubricant lucency lucent lumbales lumbalis lumborum lumbosacralis
lumbricales lump lumpectomy lupus lutetium lymphadenopathy lymphoid lymphoma lysergic lysophosphatidylcholine
macrocalcifications macrolide magnesium magnet magnum majorum majus malabsorption malformation malformations
malignancy mammogram mammograms mammoplasty mandibularis mangafodipir manganese manifest manometer maps margetuximab
margin margins markers massage masseter mastectomy masticatores mastopathy match maternal maxillaris meatus mebrofenin
mediale medialis mediani medianus medications mediopalmarodistal medioplantarodistal medius medronate medullary
megabecquerel megavolt meglumine melanin melanoma mellitus membrane membranous meninges menopausal menopause
menstruation mental mentalis mercaptoacetyl mercuric mescaline mesocardia mesopic mesothelioma mesothelium mespiperone
metabolic metacarpus metal metaplasia metastatic methadone methanol methionine methlyphenidate methohexital
methoxyflurane methyl methylene methylpentadecanoic methylprednisolone methylthioninium methyltryptophan metomidate
metrizamide metrizoate metronidazole micro microaggregated microarray microbubbles microcalcifications microcysts
microdissection microdosimetric microglandular microlobulated micronodule microscope microspheres microvolt microwave
midazolam midbrain midlung migration miliary millicurie millimoles millisecond millitesla millivolt minimi minimus
minora modeling models mogamulizumab molecular monitored monoblock monoclonal monomorphic monopole monoxide morphine
morphological morphologically mortice motor motorized mottled moveable movements mucinous mucocutaneous multifidii
multifocal multiparametric multiplet multiplication multispectral murine murmur muscular musculi musculocutaneus
musculus mycotic myelin myeloma mylohyoideus myocarditis myoclonic myoclonus myofibroblastoma myogenic myokymia
myokymic myopia myotonic nailing nanocolloidal narcotic narrowing nausea nearline necrosis necrotic neighborhood
neointima neoplasia nervi nervous nervus neuroectodermal neuroendocrine neurofibroma neurofibromatosis neurohypophysis
neuroimaging neuromuscular neurophysiology nifedipine nifene nigra nitrate nitrogen nitroglycerin nitrous nonalcoholic
noncardiac noncerebral noncontact nonspecific nonsustained nulliparous nutrition nystagmoid obesity obinituzimab obliq
obliquus obstructed obstruction obstructive obturatorius ocaratuzumab occipitofrontalis occult oculi oculomotor
oculomotorius oils oleic olfactory oligemia onset oozing opacities operative ophtalmicus ophthalmoscope ophthalmoscopy
opponens opticus optimized orbicularis orbitalis organized oropharyngeal orthogonal osmium osmosis osseous
ossification osteosarcoma overlaps ovoid oxide oxidronate oximetry oxyquinoline oxytocic painful palatal palatoglossal
palladium palliative pallidus pallor palmares palmaris palmarodistal palmarolateral palmaromedial palmaroproximal
palmitate palpated palpation palpitations pancuronium panitumumab papaverine papilloma papillomas papillomatosis
paraformaldehyde parallelepiped paralysis paralytic paraproteinemia paraspinal parasystole parenchymal parenteral
paresthesia pars particle particles particulate patency paternal pathologic peau pectineus pectoris peduncle
pedunculated pegdinetanib pellucidum pendetide penetration penicillin pentetate pentetreotide pentobarbital
perfluorocarbon pericardiophrenic pericarditis perilesional periodic perioral peripapillary peroneus personal
pertechnetate phakic pharmacological pharyngotympanic phencyclidine phentolamine phenylephrine philtrum
phlebosclerosis phonocardiogram phonocardiographic phosphate phosphorus photodriving photodynamic photogrammetric
photomicrography photomyogenic photoparadoxysmal photopic photoreceptors phrenicus phyllodes physics phytate picric
piezocomposite piflufolastat piggyback pigmentation pinatuzumab pinhole pinning piriformis pixelated placing plantae
plantares plantarodistal plantarolateral plantaromedial plantaroproximal plasma plasmacytoma plastic plateau platinum
platysma pleomorphic pleonemia pneumomediastinum pneumothorax pointes polarimeter polarizing polatuzumab pollicis
polymer polymorphic polyurethane polyvinylpyrrolidone poorly portacath posteromedial postprocedure postsurgical
posttreatment potassium potentially povidone preamplifier preauricular prednisone preformed premature prepped prepuce
presenting pretreatment prevented preventive prilocaine professional profundus profusion progesterone programmed
progressive prokinetic prolapse proliferation proliferative pronator prong pronounced prophylactic propofol
propranolol proprii propyliodone prostaglandin prostatectomy prostatitis protamine protease protection proven
proximity proximo pseudoaneurysm pseudoangiomatous pseudoplaque psoriasis pterygoideus puborectalis pudendus pulsation
punctate pupillograph purified putamen pyridoxyl pyriform pyrophosphate quadrantectomy quadratic quadratus quantify
quasiperiodic quinidine quinolone racemose racial raclopride radialis radian radians radiata radical radices radio
radioactive radioisotope radiolucent radiopaque radium raised raloxifene ranibizumab raster readable realignment
rebreathing recall recess reconstruct rectangular rectus recurrence recurrent recut reentrant reflectance reflector
refractory refused reimbursement relational relaxant remifentanil remission remodeling rendition repetitive
replacement repolarization repositioned requirement requirements resampling rescheduled rescheduling resin respiration
restless restoration restraint restricted restrictive resurfacing retention reticle reticular reticulonodular
retinopathy retraction retro retroillumination retromolar reused reversible revised rhabdomyosarcoma rhenium rheumatic
rhomboideus rhythm rhythmic risorius rituximab roledumab rosacea rostral rostrocaudal rostrodorsal rostroventral
rotary rounded rubidium ruler rules rupture ruptured ruthenium saccade saccular sacrales sacralis samarium saphenus
sarcoma sarcosine sawtooth scalenous scandium scar scarred scheduler sclerosing sclerosis sclerotic scotopic scraping
sebaceous secreting secretory sectioning sections secure security sedated sedation sedative segmentectomy seizure
selective selenium selenomethionione semispinalis sentinel sepsis sequential sequestrant seroma serpentine serratus
sessile severely sevoflurane shadowing shaft shaking shaped shaping sharply sheet sided signet silent silhouette
silicon silicone simulation simultaneously singular sino skeletal sleep sliding slip slit smear smearing sodium
solution spasms spatially specificity sphincter spiculation spiculations spinae spinales spinalis spiperone splenium
splenius spontaneous squamous squares staging staining stainless stalk standalone stannous stasis statement statins
steam steatohepatitis stenting stereoscopic stereotactic stereotactically sterile sternocleidomastoid
sternocleidomastoideus steroid stimulant stoma strategy streaks streamline streptokinase stretched stretcher stria
striatum stripe stroma stromal strongly strontium structural subacute subarachnoid subclavius subcortical
subdiaphragmatic sublimate submission suboptimal subpart subpleural subscapulares substantia substituted succeeded
successor succimer succinate succinylcholine sufentanil suggestive sulfate sulfonamide sulfur superficialis superiori
superioris supernumerary superomedial supinator supply supportive suppressions supraglottis supraorbitalis
supraventricular surae surealis survey suspend suspended suspension sustained swallowing sweating swelling symmetry
sympathetic symptom syncope syndrome syndromes synkinesis synthesizing synuclein tabular tachycardia tagged tamoxifen
tamponade tapetum targestar targeted targeting teaching tears teboroxime telangiectasia telencephalon temporalis
temporally tendineae tensor terbium teres terminalis terminated tests tetracycline tetralogy tetroxide thallous thenar
thermistor thermocouple thermoluminescent thiamylal thinning thiopental thoracentesis thoracici thoracicus thoracis
thrombectomy thrombin thrombolytic thrombophlebitis thromboplastin thrombosed thrombotic thymidine thyrocervical
tibialis tidal tiletamine timecode timeout tinged tissues titanium tolazoline toluidine tomographer topical
topographer torsades tortuosity torus toxin trabeculae trabecular tracheostomy tracheotomy tractography tragus
transcatheter transcutaneous transferrin transfusion transgenic transient transients transillumination transitional
translucent transluminal transplant transponder transposition transtracheal transversus trapping trastuzumab trauma
traumatic tremor tretinoin tribromoethanol trifascicular trigeminal trigeminus trigeminy triggering triglycine
triolein trioxide trisodium trochlear trochlearis trofolastat tropicamide trypan tubal tubercle tubular turntable
tyropanoate ublituximab ulceration ulcerative ulnaris ultrasonic ultrasonography ultraviolet unadministered
unavailability uncemented uncertain uncinate unclassifiable unclassified unconstrained undifferentiated undiluted
unheated unifocal unmounted unnecessary unobstructed unresponsive unscheduled unsharp unstable unstageable
unsuccessful unsynchronized unusable unused unwanted upgaze upsloping urethane uric urine urokinase urostomy urticaria
utricle vacuum vagus valdini valved valveless vancomycin varicose vasculitis vasoconstriction vasodilatation
vasodilation vasodilator vasopressor vasovagal vastus vedotin veiling venipuncture ventilator ventral ventriculography
ventro ventrocaudal ventrorostral verapamil vermilion versenate vestibularis vestibule vestibulocochlear
vestibulocochlearis virginal virus vitamin vitrectomy volt voluntary vomiting voxelized voxelwise vulnerable vulval
warfarin waste waves weak wedging workitems wound wraparound xenon xylazine xylose ytterbium yttrium zirconium
zolazepam zygomaticus
"""

# Of consoles, beside those.
_SHOWN = """
abbrev abutment accumulation accurate acknowledge adequate adnexal advised aerosol allocate alteration amplification
amplitudes ampulla anaesthetised analyses android anesthetized annots anonymization arches archiving arrow arthroscopy
astigmatic asymmetrical asymmetries attenuator attr autobeat autofluorescence avascular avian azimuth backing
backprojection balancing binocular blackening blanking bluepeak boost boosting bovine breadth breathhold bruchs buffer
byte bytes calc calib calibr calyces cascade categorization centreline cephalometric chains characterized chasing
checksum chemsat choroidal chromoendoscopy cinefluoro clipped coinc collimators colormap commitment compatibility
compatible compensate compensated competent compliance compress compressible compute concatenated concurrent condylar
confidence confidential config connectivity contents contoured convention coord coregistered coregistration
corrections correlate cortical countdown counter ctrl cupping cutline cutout cutplane cycled cycles cystoscopy dataset
dates decompression deepest defaults deferred defining deflate delays delimited detachment detect dictionary diopter
dioptre dioptres disclaimer diseased documentation dorsoventral drusen dualfemur dummy dump duplicated echoes ectopics
editable efficiency elevations elliptical emiss emptying endocardiac endoluminal enhancements epicardiac epididymal
equalization equine estimates events eversion excavation excitations excretion existent exists experiment extend
exudate exudates eyetracking feedback figure firmware fixture flythrough fmri foveola freebreathing freehand frogleg
fundal funneling furosemide gains gastroesophageal generating geom ghosting glandularity greyscale gynoid halftime
harmonisation harmonization headers heartbeat hemiblock hernia hexagonality hiatal hotiron hotmetal hydration
hydrocele hyperemia hyperkinesia hypokinesia hypoperfusion hysteroscopy identificator ileocaecal illuminated imaginary
immobilisation immobilization incisura incompetent increasing indexes indicates indice inflate inhomogeneity init
initialization injections insufflation interorbital interscan intertrochanteric introducer invers investigational
invocation isodoses isosurface jets lambda landmarking landmarks laparoscopy laterolateral launch library limitations
lingula localisation locs locus logarithmic loops lymphoscintigraphy magnifying malapposition manually marking markup
meal meridian meridians microaneurysm microbubble microns microseconds midcavity midscan midsystole milliseconds
millivolts minus miscellaneous mismatch mitoses mitosis mixing modify monoplane morphometry msec mucosal multicolor
multileaf multiplexor multishot myoinositol narrowband nephrolithiasis nested neuro neuroretinal newest noncalcified
noncircular noncompressible nonweight notching nuclei nuclide obsolete occipitofrontal occluded oesophageal offcenter
oldest opacification opacified optimise optimize organs orientations ortho orthodontic osteo outlined overrange
overranges pacs paradigm parafoveal params partition partitions passes pasting peaking pelvocaliectasis penumbra
perfused perifoveal perim perimetry peristaltic permeability phasic pigtail pincushion pivot pixelshift plans platform
plot plugged pocket polycystic polyline polymegathism polypectomy postfire postfix predict prefetch prefire prefix
prep preprocessing prepulse presaturation prescans preselected procedural projected prompt proprietary protect
protractor pulmo quadrants qualitative quant quantitation quantitative questionnaire radiological rates readings
rebuild redfree regeneration regression regressor rejections relating reliable remarks remask renogram repaired
rephase replenishment research resection reserve respirophasic retrieved retroflexed retroflexion retrying
reversibility revision roam robustness rotating routed runoff sampled scalable scaled scaler scanline scanlines schema
scinti sectors seeds segm sensitometry severity shaded shifted shifts shuttle simulator sincalide slides smartprep
specialization specifying spectro spline split spoiled spongiform squamocolumnar stained stamps standardization stat
stenos stenosed stereotaxy stifle stimul stopwatch strut struts subfield submatrix submentovertex submode submucosal
subregion subretinal subseries subtotal subtr suction suffix summed symbol synchrony tables tags taller technic
terminate terms territory thickslab thresholds tracked tracts trademark trajectory transformations translate
translations transmitted transparency trending trends triggered trilaminar triplets trivial turbulence ultradistal
uncompensated unconfirmed unfreeze unmatched unperfused unprocessed unreliable unremarkable untracked untwist updates
upstroke validity varicocele ventrodorsal vesicles vesselness vessels viable viewport vignette visceral wallstand
watchdog waveforms wireframe withdrawal wobble índice
"""

# Of consoles in German, French, Spanish, Italian, Portuguese, Dutch, Polish, Swedish, Turkish; accents may be missing.
_LANGUAGES = """
abspielen abwählen achillessehne addominale ampliacao ampliação anflutung anhalten antérieure anwählen archivage
arterielle ascellare assiale aufhellung auflosung auflösung aufnahmeparameter auftauen augenhöhle auriculaire
ausschneiden auswählen avantpied axilar axillaire ayarlar balken bandscheibe bandscheiben batimento battements battito
beckenubersicht beckenübersicht beinvenen belastung belichting belichtingsautomaat belichtingstijd belichtung
belichtungsautomatik belichtungszeit bildempfanger bildempfänger bildmittelung bildverarbeitung biopsia biopsie
biópsia blasenvolumen boucle brennfleck brostkorg brustwirbel brzuszna bröstkorg bugspytkirtel bulbe bulbo bänder
calcificación calcificazioni calcificação calices carga carotis cefalica cefalico cefálico cisti cisto clarté
clinostatica coluna comparatif comum comune común configuración configurações congelada congelata continu
contrastmiddel costelas cranien crâne crânien cuadrante cubitale curseur cyste czas darmbein defilement densidad
densidade densita densità dentaire dentale derrame diastolica diastolique diastólica dichtheid dijbeen dilatacao
dilatacion dilatación dilatazione dilatação doorlichting doorsnede dornfortsatz dosimetrie dosimétrie
dosisflachenprodukt dosisflächenprodukt dottersack draaien draht drehung dunnschicht durchleuchtung
durchleuchtungszeit défilement döndür dünnschicht ebenen ecart echozeit eierstokken eiezione eindringtiefe einfrieren
einfügen eizelle ejecao ejeção ekspozycji elektrode embrione embrião embrión embryon enkels enregistrement epanchement
epatico erguss esposizione estenose estenosis esterna estimado estime estimé exposicao exposition exposição externa
externe eyeccion eyección farbdoppler farbskala feldstarke feldstärke felsenbein fernrontgen fernröntgen fetale figer
filtern filterung flussgeschwindigkeit fléchage fokuszone folliculaire follikel fortsetzen fotograma fotogramma fracao
fraccion fracción frazione fração fruchtanlage fruchthöhle fémoral galaktographie gallengang ganzbeinaufnahme gebiss
gebit gedreht gefass gefasse gefäß gefäße gelenk gelenke gelenkspalt gespiegelt gestacional gestazionale graukeil
grauwerte grille gânglio halbaxial halsweichteile halswirbel hartactie hartkamer hartklep helligkeiten hepatico
hepático herdbefund herzaktion herzkammer heupen hinterwand humérale hypophyse hépatique implantat imprimante
incidences incompétente indstillinger interna interne invertieren jambière jasno jochbein joelhos kammerblick
kantenanhebung kapat kassette katheter keilbeinhöhle kieferhöhle kindsbewegung kippwinkel kleinhirnbrücke kniekehle
knieën knobbel knochenfenster knoten knude kontraste kopieren koronarschnitt kurzachse kyste lateralschnitt latido
leberlappen leberpforte lebervenen leiste leistenbruch leistungsdoppler lenden lendenwirbel livello lombare
lungenfenster lungor längsachse magensonde mammaire mammografia mammografie mammographie mamografia mamografía
mascella mastoïde maxilar maximalwert mediastin mediastino medir messfeld messfenster messtor meten mictionnel
milzgröße milzhilus milzpol minimalwert moderkage molette muskel mutterkuchen muñecas médiastin nachbelastung
nadgarstek narbe nasenbein nativserie navelstreng nebenhöhlen nierenbecken nierenbeckenkelchsystem nierenpol nodulo
nodül nuca nucale nullinie nulllinie næste nódulo oberpol oberschenkellange oberschenkellänge oblicua obliqua oblíqua
obroty obrót okselklier olcum omurga ortostatica oseo osseux ovarien ovarienne ovárico pankreaskopf pankreasschwanz
panoramaaufnahme panoramica panoramique panorámica panorâmica parenchymateux pencere percentil perméable persistenz
perzentile pfortaderfluss placa placca platte plazentalage polmone polmoni pomiar ponction pondération poplité
poprzedni portalvenose portalvenöse portkatheter postprandial postérieure prawe proiezioni prostatico prostatique
prothese proyecciones präprandial préréglage préréglages pulmao pulmoes pulmon pulmonaire pulmones pulmão pulmón
pulmões pulsatilidad pulsatilidade pulsatilità pulsatilität pulsatilité pyélique péronière quadrante quiste
raccourcissement radiale radiografia radiografía radiographie radiographies raumforderung rauschfilter reflujo
reflusso refluxo repère resistenza resistenzindex resistência restharn rodillas rotar rotatorenmanschette rotazione
ruckfluss ruhe rundherd ryggrad réglage rénale résidu rückenmarkskanal rückfluss rückgängig sacrale safena sagital
sagittalschnitt saphena saphène sattigung sauvegarde schadeldurchmesser schallgeschwindigkeit schambein schatzgewicht
scheitelsteisslange scheitelsteißlänge schleimbeutel schnitt schnittbild schnittdicke schnitte schnittebene schraube
schrittmacher schuin schwarzweiss schwarzweiß schwelle schwellwert schädeldurchmesser schätzgewicht scopie sehne
sehnen sehnerv seios seitenventrikel seitenvergleich siebbein sistolica sistólica sitzbein skjoldbruskkirtel solido
sonraki sortieren sousclavière speicheldrüse speicherfolie spiegelen spiegelung spinalkanal spitzengeschwindigkeit
splénique standardabweichung stanzbiopsie starten stauung stauungsgrad staw steiß stenose stenosi stirnhöhle stoppen
streustrahlenraster sténose subclavia subclávia successivo succlavia suivante systolique sättigung séminale séminales
sólido tensao tension tensione tensión tensão thrombose tibiale tiefenskala tobillos torbiel torácica trachealkanüle
transversalschnitt tricuspide trombo trophoblaste télédiastolique uitstorting ultraljud ultrassom ultrassonografia
umbenennen umschalten unterkieferdrüse unterpol uretère uretères ustawienia uterina uterino utérin valvulaire venose
ventriculaire ventrikel venöse vergrossert vergroting vergrößern vergrößert verkalkung verkalkungen verkleinern
verkleinert verlassen verlaufskontrolle vernauwing versamento verschattung verschieben vertebrale vertébrale
verzogerung verzögerung vierkammerblick vindue voraufnahme vorbefund vorderwand vorspulen vruchtzak vægt wachstum
wandbewegung wandbewegungsfilter weichteil weichteile weichteilfenster wervel wervels wichtung wiederholen
wiederholungszeit winkelkorr winkelkorrektur wirbelkörper wirbelsaulenganzaufnahme wirbelsäulenganzaufnahme wunde
zahnfilm zamknij zeilendichte zervixlänge zielaufnahme zijwaarts zurückspulen zweikammerblick zyste zysten æggestok
écart éjection énergie épanchement óseo ölçüm önceki
"""

# Short for such words.
_ABBREVIATED = """
aaa aai aaw abi aca acd acom ajcc als anb arvc asd asset atcm avm avnrt avsd axr bhi bmo bph bwp cabg cadasil caipi
ccc ccf cct cect ceus crani crc crt csa csdh csf ctc ctpa ctu cva cvc cwd ddd ddi ddr dexa dfr dish dki dof dota dpt
drr dvt ecmo edh edvi eeg eem eia emg epid ercp erpf esd esf esvi etco2 ett eus evar faf fbp fdopa fes fet ffr figo
flt fma fna fnac gcipl gcs gfr ght glx grs gsd gsdf gtv hcc hcm hida hifu hocm hvl iabp iauc ibd icd ich ifr iia ilm
impa ipmn ivcf ivh kmax kvct lbbb lge lih lirads logm lvad lvef lvi lvm mapse mcug mgd mibg mla mlc mld mms molli mrw
multivane mvct mwa naa nccn ncct ngt noddi nph nsr nstemi ocf ofa onh opg opll papv pbc pca pcasl pci pcn pcom pcwp
petct petmr pfo pib picc pirad pirads pns psa psc psd psir psma ptc ptca ptv pvd pvr pwd qca qct qtcb rads rbbb rcbf
rcbv rcvs rfr rgu rmtt rpe rvdp rvef sah sbft sdh sds shmolli sna snb spm srk srs ssde ssfse sss stemi stic stn surv
svg svr svt tace tamv tamx tavi tavr tbi tbs tcc tdc tef tevar tga tips tirads tmjs tnm topo trus tsnit tvus uac ucv
ues uga ugi uvc vat vba venbold venc vfa vfi vfov vps vsd vvi wpw wtw ysd
"""

# Scanners, probes, coils, sequences, programs and what their makers call them, as menus and protocols write them.
_PRODUCTS = """
accreta accuitomo acteon aculera acunav adct adfl adgc advancia advflow advsieclear affirm afterglow agileflow agility
akinetic ambition amyvid angiocube angioplex angulus anorectal anterion antsept apcor aperio aplipure aptd aptivue
arthro astigm atgc autoalign autoef autogain autoimt autonf autostitch autotgc autowedge avantic awave axeos bactive
bellows bestdiast bestsyst bffe bflow bgain bicuspid biophysical bitew blockface bodymk boneplus broncho btfe bulbus
ca-score caipirinha caipivibe caliectasis callosomarginal captopril cardiolab care4d caredose caredose4d caries
carotids cartesion cartigram cdrom cdtvibe celesteion cephalo cerv cgain choledocholithiasis cholelithiasis chromaflo
cinelge cineview clarachroma clarify clarityvc cleareye clearview clearvis clearvisn clinac coaptation collaterals
collimate collimates colono combolab commissural committed concat concats constriction corvis coverslip cranex crestal
crossbeam crosspol cs9300 cs9600 ctap cubescan cview cwave cysto dampened darkfluid datscan deadtime debris decidual
dehiscence delrec dentin dermlite dermoscope despeckle deviationmap dflow dgain diast diastol dicrotic dirpower dis2d
dixonquant dosemod doseplan doseright dotanoc dragonfly dright dtce duodeno dwibs dynact dynamicmr dynavision
dyntissue dyskinetic eagleeye easyguide easytrust ecd echospeed ecolos ecrb ecrl ecst ecvmap eflow eidon elastoscan
electrophys elition enamel ensite envisor epifactor equalize esie esiefusion esophag espacing ethrive ethyroid
etlfactor etouch evoq exactrac expert expir ezcompare ezdent ezexam ezprint ezstation factory falx fastkv fatsat
fetoscope fff fgre fieldmap finflow flashpad flashscan flipangle fly-thru flythru focusdwi fortian fotofinder
framerate frfse frfse-xl frmavg fullfan galileos gastroc genrad goall gonioscopy gonow gotop goup grabbed gravida
graymap gridfree halcyon halffan halfscan handyscope hastirm hdcolor hdflow hdline hdscope hdthi hdzoom hegp
hepatofugal hepatopetal heterogenous hexagonal hifr highres hivision hivolume homogenous horizon hotkey hydroureter
hyperion hypokinetic hystero ibeam icat iclear idealiq idx igrt ilumien imrt incisive infraspin innovality inspir
insular iodinemap iodmap ispectra isthm itouch ivim kcounts kernels laao labsystem laedv laesv laminar laparo laryngo
lasix laspro lavaflex lcad leaflets leakage leap legp lehs lenst lgeir lightlab lightning linescan logiqworks longleg
longspine lowdose lscout lumiflow lunotriquetral lvedp lvsp maclab magnif mapit mdixonquant megapress megp merge mffe
microflow microv midwall mirocam modul monoe motic mpgr mridian multiva musc musculo myray naeotom nanofine nanozoomer
nascet navx neuroviz nonocclusive nonpolar nonstress normokinetic novalis nvfs oax octivus octreoscan ofdi
oligohydramnios omniview omom onescan onevue opac opart operculum opticross optivista optomap orbic orbscan orig
orthoralix osteocore oxim pannoramic pansinus paradoxical parafovea pasl pellucidi pelviectasis pentaray percreta
pericallosal pericholecystic perifovea perm persistance petac pflow pgain phaseenc phasicity photoncounting phyre
physio picto pillcam pleomorph plexelite polarmap polyhydramnios pooling popl postproc preproc presat pristina prodiva
promax pulseox purewave pvi pylarify qflow qscan qtgc quickguide quickscan quickstart quicktext radiantflow radixact
raedv raesv rapidarc rayscan rbw reactive readout rebinned recanalized recirculation reconnect refocus refocusing
regadenoson regurg reprint reslice resolve retroflex revdwi reverberation rffa rhomboid rhoz rhythmia ringdown
roadmaps rsepi rtvue sapientia satband satbands sbrt scapholunate sentok septation septations sextant shots sidexis
sieclear sigmoido singles sinograms siremobil situs skel skyflow slitlamp slowflow slowflowhd sludge smartbladder
smartbrain smartef smartexam smartexposure smartfhr smartgeo smartheart smartline smartliver smartma smartmetal
smartnt smartob smartpath smartpelvic smartphase smartplane smartscan smartshim smartspeed smartstep smarttrack
smartview smartvti smicro softflow softkey sonoace sonoauto sonovcad soredex spacetime specklered spectra spool
spooled src ssfreeze starvibe stratus subchorionic subendocardial subepicardial subscap superb superbmicro supraspin
sureexposure surexposure svgate svsize swip synthesize syst systol t2starmap tektrotyd tempscale tfcc tgain therasound
thermodilution thinnest thrive thru tibant tibpost tmvr tomohd tomoview touchpad touchscan trabeculated trapez
trichoscope trichoscopy trichrome tricks tricuspidal trimmer trium trueagent truebeam trufisp truflight tsefactor tte
turboscan turbospin turbulent twinspeed twistvibe ubpm ultralow uncorr unicuspid uretero ureterocele uscan userdef
varix vcg vectra vegetation venobold ventana ventric veradius veraview vertebrals viabil viewray visante visera
vistapano vistavox vizamyl vmat vnc vncc vscan vsim vtx vwave wallfilt wideangle wireless wisonic xbright xflow xlight
xmind xperct xperim xporte xray xstream zdom zeff zenition zip2 zip4 zip512 zline zlinie zoomit
"""

CLINICAL = frozenset(" ".join((_CODED, _SHOWN, _LANGUAGES, _ABBREVIATED, _PRODUCTS)).split())
