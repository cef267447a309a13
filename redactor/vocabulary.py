"""Words that consoles write and that identify nobody, words that announce somebody, and words that are names."""

import re
from collections.abc import Iterable
from functools import cache

from .clinical_words import CLINICAL
from .dicom import standard_words
from .everyday import EVERYDAY
from .folding import unaccented
from .name_words import ALSO_NAMES, NEAR_NAMES
from .technical import TECHNICAL


def words(text: str) -> frozenset[str]:
    """Return the words of a text, lower case."""
    return frozenset(text.lower().split())


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(phrase for line in text.strip().splitlines() for phrase in line.split("|"))


# Terms that are never an identity by themselves, whatever the header says: kind -> words, lower case.
TERMS: dict[str, frozenset[str]] = {
    "laterality": words(
        """
l r lt rt left right li re links rechts gauche droite izq der izda dcha sin dx sn bil bilat bilateral both
unilateral lat med medial lateral contralateral ipsilateral lft rgt lh rh od os
"""
    ),
    "position": words(
        """
a p h f i s ap pa al ar pl pr hf fh rl lr la ra lp rp sa si is ail asl asr air pil pir psl psr rai ras rpi rps lai
las lpi lps hfs ffs hfp ffp hfdl hfdr ffdl ffdr lao rao lpo rpo cran caud cranial caudal cran/caud lao/rao erect
upright portable supine prone semi semi-upright semi-erect decub decubitus lld rld dec xtable x-table cross table
sitting seated standing stand weight bearing wb nwb flex flexion ext extension axial ax oblique obl sunrise skyline
cc mlo ml lm lmo xcc xccl xccm rcc lcc rmlo lmlo rml lml at cv spot mag frontal insp inspiration exp expiration
lordotic odontoid swimmers axillary mortise tunnel internal external rotation int rot sag sagittal cor coronal tra
trans trv transverse long longitudinal longit plax psax a2c a3c a4c a5c 2ch 3ch 4ch 5ch sax lax lvot ssn subcostal
apical parasternal suprasternal head feet first sitzend stehend liegend debout couche seitlich schräg quer laengs
längs up down top bottom anterior posterior superior inferior proximal distal prox dist mid middle upper lower ant
post sup inf tilt swap flip tr sid sod cephalad axis view views vi dv vd dlpmo dmplo portrait landscape bed mobile
mob
judet danelius stenvers merchant rosenberg rxccl lxccl rccid lccid liegen inlet outlet towne waters caldwell ferguson
zanca velpeau grashey broden beclere lauenstein rhese venstre høyre derecha izquierda destra sinistra
afl afr ahl ahr alf alh arf arh fal fla flp fpl fpr fra frp har hla hlp hpl hpr hra hrp laf lfa lfp lha lhp lpf lph
pfl pfr phl phr plf plh prf prh rah rfa rfp rha rhp rpf rph
"""
    ),
    "technique": words(
        """
kv kvp ma mas uas ref eff ti gt sl st thk thick thickness slice slices fov dfov ffov w l ww wl wc c win window level
lvl tr te fa flip etl nex nsa nav bw b bval bvalue fat sat fs pd pdw t1 t2 t2* t1w t2w dwi adc flair stir spgr fspgr
fse tse se gre tof vibe haste fiesta mprage space ssfp bssfp epi dti swi asl mra mrv mrcp tirm trufi dixon water in
out phase opp opposed sense grappa coil body ir ep ep2d diff tfl3d tfl fl2d fl3d trace exp eadc std stnd stand
standard bone lung soft tissue detail edge sharp smooth kernel recon reconstruction filter helical spiral axial
pitch rotation rot tilt gantry im img ima image images ser series acq acquisition pos loc location table scout
localizer topogram mpr mip minip vrt vr 3d 2d 4d surface volume cine loop movie fr frm frame frames no num nr of
contrast pre post arterial venous portal delayed delay plain native omni omnipaque iopamidol ultravist visipaque gad
gd inj ei exi dei di s-value rex lgm dap ctdi ctdivol dlp dose aec grid focus large small lf sf fss target mo rh ag
al cu mo/mo mo/rh w/rh w/ag comp compression force breast fluoro dsa roadmap mag magn magnification zoom lossy
lossless jpeg j2k quality uncompressed compressed raw invert inv gamma lut voi sigmoid linear mi tis tib tic ti(s)
mi: tis: tib: tic: itm itb itc ao ao% isppa ispta power pwr gain gn gen pen res har harm thi chi cha hgen hpen hres
hpen-hgen hpén-hgén tac map dyn dr range lo low med medium high hi max min off on persist pers frate rate rs 2d/ cf
color colour colors cpa pdi cdi pw cw tdi tvi m-mode mmode b-mode bmode b+c dual quad wf wfl wall prf sv gate angle
ang depth dep freq frq frequency sri cri xres sonoct crossxbeam xbeam compound speckle s/a fps frs cfm cg bg fg dg
tgc lgc ldr reject xmit proc ld vol vel velocity scale baseline steer flow opt medv hv lv line density sector width
focal zone zones tx rx mhz mha ma/ms kvp/mas mgy expo exposure speed screen film cr dx rf xa us nm pt mg ct mr mri
pet spect hd sd ecg ekg resp trigger trig gated gating rr bolus scan scans spin echo gradient proton fast turbo tse/
iso isotropic matrix mtx interp fse-xl propeller blade breath hold bh free navigator average averages ave avg number
sequence protocol prot step wedge phantom air calibration cal qa qc daily test pattern smpte aapm tg18 rev ver
version vers sw software build copyright inc ltd corp llc co
sonohd thr coupe coupes obraz corte cortes admire rfov idose hdlive asir asir-v safire veo chroma aufnahme aip fenster
fenêtre rendu qual enh contrast kontrast contraste mdixon ffe kap ganancia guadagno glebokosc profondità profondeur
tiefe profundidad warstwa kesit imagem imagen immagine bild bilder beeld beam bucky oid schicht série serie serien ahr
ihe dicom hl7 iec nema acr mammo
etdrs iop icga ffa octa bscan b-scan enface pachymetry kcnts wholebody bitewing bitewings periapical ceph cxr
ict compr dens mix horiz vert strato espesor grosor dicke spessore épaisseur verstärkung
"""
    ),
    "unit": words(
        """
cm mm m um µm nm cm/s m/s mm/s cm² mm² cm2 mm2 cm³ mm³ cm3 ml l dl cc s sec secs ms us µs min h hr hz khz mhz db kv
kvp kev mev ma mas uas g kg mg µg ng pg mgy gy cgy ugy µgy msv mgycm dgycm² gycm² ugym2 µgym² mbq bq mci px pix
pixel pixels dpi fps f/s rpm bpm /min % ° deg degrees c k mmhg kpa pa bar psi n dan t mt in inch ft yr yrs y yo w d
wk wks days weeks hu cts kcts counts v mv mw a ohm lx cd cm/sec m/sec ml/min l/min g/cm² g/m² m² mm/mv db/m mm/s² fr
frames frame images img sp x
lbs kbq jahre jahren anni años anos ans år year years y/o gycm2 mgycm2 cgycm2 dgycm2 mgycm² cgycm² µgycm² ugycm2
µgycm2 mgy·cm mgy·cm2 mgy·cm² gy·cm2 gy·cm² cgy·cm2 cgy·cm² dgy·cm2 dgy·cm² µgy·m2 µgy·m² mgy*cm mgy*cm2 gy*cm2
"""
    ),
    "measurement": words(
        """
dist distance d1 d2 d3 l1 l2 l3 len length area circ circumference vol volume diam diameter depth height width wid
hgt angle ang ratio index hr bpm ef fs co ci sv sv: lvidd lvids lvedv lvesv lved lves lvpwd lvpws lvpw ivsd ivss ivs
rvidd lvd lvs la lad ao aod lvot rvot asc desc vmax vmin vmean vel peak mean ps ed psv edv ri pi s/d md pg mg maxpg
meanpg vti ava mva mr ar tr pr pht e/a e/e' e' a' e/e dect dt ivrt ivct et tapse rvsp rap pisa eroa teich simpson
biplane mod-sp4 bsa bmi bpd hc ac fl crl nt nb gs ys ga efw afi fhr lmp edd edc mvp tcd cm cer cereb cerebellum ofd
hl tl ul rl fib hum tib rad uln ofc apd ttd apad thd imt icaps fol follicle cca ica eca hu roi sd std stddev dev var
max min av avg ave median med suv suvmax suvmean suvpeak t-score z-score bmd bmc cobb spo2 bp nibp sys dia rr temp
patt tee ee te: pat iqr kpa lsm cap cbf cbv mtt ttp adc fa ktrans total sum count counts volumen flaeche fläche
umfang länge laenge winkel abstand distanz distancia aire surface longueur gest age weeks wks w d percentile percent
%ile hadlock cist mag qrs qt qtc
frax osteopenia osteoporosis gls tamax moyenne mesures mesure mittelwert messung messen medida misura foci
"""
    ),
    "interface": words(
        """
frozen freeze live store stored print menu exit cancel ok save saved saving help next prev previous back undo redo
clear all report review worklist setup mark text caliper calipers annotate annot preset presets biopsy dual quad
zoom focus power page loading ready not for diagnostic diagnosis use presentation processing loop frame play pause
stop start scan standby select update trace delete edit home end exam begin new disk hdd usb cd dvd tissue vascular
abdomen abdominal abd adult echo gyn ob obstetric small parts msk cardiac cardio carotid thyroid renal ped peds
pediatric neonatal neo vasc art ven egd endoscopy colonoscopy bronchoscopy compare protocol test image series study
invert rotate reset default auto manual yes no resp rec record recording video capture still sharpness enhance iris
peak wb nbi light white bli lci scv cvp comment comments done error warning busy network online offline battery printer
archive archived send sent queue user service system date time name id sex age procedure on off in out pwr press
enter aged data list display should inform measured size bar note see unit units total number hide show lock unlock full
screen layout tools tool measure result results off-line preview thumbnail annotations software if geschlecht alter
datum zeit größe gewicht sexe taille poids edad sexo peso wt ht bsa weight height kg gender male female m f o
approved draft uncalibrated congelar weiter zurück abbrechen annuler indietro avanti guardar enregistrer speichern
salva salvar stampa imprimir drucken yazdir zapisz anuluj avbryt skriv dalej einstellungen réglages ajustes
impostazioni auswahl bericht ansicht
"""
    ),
    "device": words(
        """
ge logiq vivid voluson venue versana healthcare philips epiq affiniti iu22 ie33 hd11 hd15 hd7 cx50 clearvue sparq
lumify hp sonos hewlett packard siemens healthineers acuson sonoline antares sequoia s2000 s3000 x300 x700 juniper
toshiba aplio xario nemio viamo canon hitachi aloka arietta prosound preirus noblus avius hi vision mindray resona
dc fujifilm fuji fdr sonosite m-turbo edge ii samsung medison accuvix ugeo esaote mylab zonare supersonic aixplorer
terason hologic lorad selenia dimensions senographe mammomat inspiration revelation agfa carestream kodak konica
minolta regius xplorer konicaminolta shimadzu varian elekta medtronic ziehm oec orthoscan bv pulsera endura allura
xper azurion artis zee zeego innova sensation somatom definition flash force drive emotion biograph symbia avanto
skyra aera verio trio prisma vida lumina sola espree essenza symphony magnetom harmony vantage titan signa hdxt
discovery optima lightspeed brightspeed revolution brilliance ingenuity iqon ingenia achieva intera panorama
gyroscan aquilion asteion astelion infinix ultimax alexion precedence gemini vereos digitaldiagnost definium proteus
olympus pentax evis lucera exera storz stryker karl eklin idexx sound antech medicor planmeca sirona vatech morita
instrumentarium medistim veriq visualsonics vevo sonix ultrasonix bk butterfly clarius analogic neusoft united
imaging uih advantage systems medical workstation aw vitrea terarecon osirix horos syngo leonardo centricity dr cr
fcr vct drx console usa japan germany
zeiss topcon nidek optos spectralis sonoscape micromaxx sonimage prodigy idxa qdr osteosys orthophos gendex dexis kavo
veraviewepocs newtom fujinon brainlab accuray swissray oldelft brivo mx8000 airis echelon cirrus lunar imagyn consona
chison landwind siui alpinion ecube combison diasonics atl hdi technos biosound shimasonic powervision corevision
justvision capsula profect speedsuite directview drypro compano duradiagnost ysio axiom multix luminos iconos
fluorospot vertix mobilett arcadis polydoros thunis drgem drtech rayence vieworks pausch arcoma sedecal italray
metaltronica planmed amulet somaris hispeed prospeed sytec tomoscan xvision scenaria supria robusto eclos neuviz
scintacare infinion aperto altaire e-scan c-scan g-scan s-scan artoscan excelart flexart visart ecam e.cam icam
skylight cardiomd infinia varicam ventri xeleris pegasys jetstream esoft ecat eluxeo tricam brightview powermed
visucam visuscout retcam retinograph angiovue optovue oculus pentacam iolmaster huvitz bioscan mediso anyscan biodex
kubtec faxitron mammoview vivix dxa xr-46
"""
    ),
    "anatomy": words(
        """
liver gb gallbladder cbd chd kidney kidneys renal spleen pancreas aorta ao ivc svc smv sma bladder uterus uterine
cervix ovary ovaries ov prostate testis testes scrotum epididymis thyroid parathyroid parotid breast breasts axilla
chest thorax abdomen abd pelvis head neck spine c-spine l-spine t-spine cspine lspine tspine ls knee knees hip hips
hand hands foot feet wrist ankle shoulder elbow femur femora tibia fibula humerus radius ulna forearm finger thumb
toe heel calcaneus clavicle scapula sternum rib ribs skull brain orbit orbits sinus sinuses mandible tmj teeth
dental heart lv rv la ra av mv tv pv pa aov mpa rpa lpa laa ias ivs lvot rvot cca ica eca vert vertebral sfa cfa cfv
sfv pfa pop popliteal femoral fem gsv ssv ata pta peroneal subcl subclavian brachial radial ulnar axillary jugular
ijv bulb bif bifurcation fetus fetal foetal placenta cord amnion amniotic yolk sac embryo profile face chamber cyst
mass nodule lymph node nodes stone calculus appendix rlq ruq luq llq epigastric epigastrium retroareolar subareolar
nipple areola clock o'clock fn esophagus oesophagus stomach antrum fundus cardia pylorus prepyloric duodenum jejunum
ileum colon cecum caecum sigmoid rectum anus gi polyp ulcer gastric varices gej z-line lung lungs apex apices hilum
pleura diaphragm kub ivp ivu hsg mcu vcug achilles tendon muscle nerve median rotator cuff supraspinatus biceps
ligament meniscus acl pcl mcl lcl plantar fascia hepatic portal splenic vein veins artery arteries arterial thalamus
cerebellum cerebral ventricle ventricles cisterna magna infarct fossa pituitary sella iac carotid coronary lad rca
lcx lm endometrium endometrial myometrium adnexa fibroid follicle pericardium effusion septum atrium valve mitral
tricuspid aortic pulmonary pulmonic musculoskeletal msk mscskel leber niere milz becken knie hüfte huefte schulter
fuss fuß lws bws hws schädel schaedel foie rein reins vesicule rate genou hanche pied higado hígado riñon riñón
rodilla cadera pie torax tórax lumbar thoracic cervical sacral sacrum coccyx si joint joints dip pip mcp mtp c1 c2
c3 c4 c5 c6 c7 t12 l1 l2 l3 l4 l5 s1 barrett's barretts upper lower pole cortex medulla intima plaque stenosis
macula macular fovea rnfl gcl
mca rul rml rll lul lll vescica vejiga harnblase blase dalak mano skeleton bazo nerka thalami thalamus pda lsa wątroba
watroba
"""
    ),
    "other": words(
        """
qp/qs qp qs xe fd lthr ev adv endovaginal endocavity transvaginal tvs evaluation valsalva rest stress baseline
recovery stage supine fasting void voiding limited comparison report surface water oil deep superficial hard copy ii
iii iv vi vii viii ix avr avl avf v1 v2 v3 v4 v5 v6 ant inf
avec ohne con sans mdc injection injektion inyección iniezione
"""
    ),
}
# Words that announce what follows them: kind -> words or word groups, lower case, no punctuation.
LABELS: dict[str, tuple[str, ...]] = {
    "name": _phrases(
        """
patient name|patients name|pat name|pt name|name|patient|pat|pt|nom|nombre|nome|naam|nachname|vorname|last name
first name|family name|surname|family|given name|prenom|prénom|apellidos|apellido|imie|nazwisko|ad|soyad
patientenname|navn|namn|cognome|nimi|owner|subject|pasjent|pasient|jmeno|jméno|nev|név|potilas|hasta|besitzer
nombre del paciente|nombre paciente|nom du patient|nom patient|nome do paciente|nome paciente|nome del paziente
nome paziente|nome e cognome|name des patienten|name patient|naam patient|naam patiënt|nom et prenom|nom et prénom
nom prenom|nom prénom|apellidos y nombre|paciente|paziente|imie i nazwisko|pacjent|nome completo|nombre y apellidos
nom de naissance|geburtsname|family name first name
"""
    ),
    "id": _phrases(
        """
patient id|patientid|pat id|pat-id|patid|pat nr|patnr|patient no|pt id|id|id no|pid|mrn|mr|med rec
medical record|hn|nhs|ssn|case|fall-nr|fallnr|ipp|nip|nhc|chart|ur|urn|cpr|tc|unit|s/n|sn|serial|serial no
ser no|station|ex|exam|exam id|study id|study|visit|room|enc|encounter|film no|hic|case no|record|no|nr|pesel|patno
pat no|insee|svnr|cartella|studyid|study no|film
numero de historia|n historia|historia clinica|nº historia|no historia|n de dossier|n dossier|dossier|n patient
numero paziente|n paziente|prontuario|prontuário|matricula|matrícula|pat nummer|patientennummer|patientnummer
versichertennummer|health card|hospital no|hospital id|hospital number|identifier|identificacion|identificación
identifiant|identificativo|workstation|station name|system id|device id|scanner id|hostname
"""
    ),
    "accession": _phrases(
        """
acc|acc no|acc nr|accession|accession number|accession no|an|a/n|order|order no|auftrag|req|request|request id
request no|ref no|zugang
accession nr|anforderung|auftragsnummer|n demande|no demande|n de solicitud|numero de acceso|numero di accesso
"""
    ),
    "date": _phrases(
        """
dob|d o b|birth date|birthdate|date of birth|birth|born|geb|geb dat|geburtsdatum|née le|né le|né e le|ne le
nee le|f nac|nac|nato il|nata il|ur|date|datum|fecha|data|study date|exam date|lmp|edd|edc|prior|acquired
printed|acq date|series date|ddn|tarih
date de naissance|date naissance|naissance|fecha de nacimiento|fecha nacimiento|f de nacimiento|nacimiento
data di nascita|data nascita|nascita|data de nascimento|data nascimento|nascimento|geburtstag|geboren|geboren am
geb am|geboortedatum|data urodzenia|fødselsdato|födelsedatum|dogum tarihi|datum narozeni|fecha del estudio
fecha estudio|fecha de estudio|fecha del examen|date de l'examen|date d'examen|date examen|data dell'esame|data esame
data do exame|untersuchungsdatum|aufnahmedatum|datum der untersuchung|onderzoeksdatum|date of exam|date of study
exam performed|birthday|due date|last menses
"""
    ),
    "time": _phrases(
        """
time|acq time|uhrzeit|heure|hora|study time|scan time|zeit
hora del estudio|heure d'acquisition|ora esame|time of exam|acquisition time|local time|aufnahmezeit|tijd
"""
    ),
    "institution": _phrases(
        """
institution|institution name|hospital|hosp|site|inst|facility|dept|department|clinic|klinik|center|centre|ward
unit name
einrichtung|etablissement|établissement|centro|clinica|clínica|krankenhaus|hopital|hôpital|ospedale
"""
    ),
    "phone": _phrases(
        """
tel|phone|ph|fax|tél|telefon|telephone|mobile|pager|e-mail|email|mail|call
telefoon|telefono|teléfono|telefone|téléphone
"""
    ),
    "person": _phrases(
        """
op|oper|operator|tech|tec|technologist|technician|mtra|mta|sono|sonographer|by|performed by|untersucher|rad
radiologist|physician|ref phys|ref|referring|referring physician|dr|doctor|doc|arzt|médecin|medecin|medico
médico|prof|perf phys|md|reader|user|zuweiser|surgeon|author
consultant|cardiologist|radiographer|radiologe|radiologo|radiólogo|radiologue|operateur|opérateur|operatore|operador
bediener|manipulateur|manip|prescripteur|referrer|ref dr|ref doctor|supervisor|student|resident|attending|requested by
ordered by|read by|reported by|scanned by|done by|operated by|signed by|approved by|verified by|reviewed by|examiner
nurse|husband|mother|father|attn|discussed with
"""
    ),
    "address": _phrases(
        """
addr|address|adresse|street|direccion|dirección|indirizzo
anschrift|wohnort|strasse|straße|endereço|endereco
"""
    ),
}
# Within labels; alone they may be initials, or belong to a name.
_LINKS = words("am y et i e d de del dell des der di do du il of")
# Labels that mean nothing else: what follows them needs no colon, and be it two digits.
UNMISTAKABLE = frozenset(
    _phrases(
        """
patient id|patientid|pat id|pat-id|patid|pat nr|patnr|pat no|patno|patient no|pt id|mrn|med rec|medical record
study id|studyid|exam id|nip|ipp|nhc|pesel|insee|svnr|accession number|accession no|acc no|case no|film no
"""
    )
)
# What announces an age, and what counts images: parts of patterns, to be matched without regard to case.
AGE_LABEL = r"(?:aged?|alter|âge|edad|età|idade|leeftijd)"
AGE_LABEL_IN_YEARS = AGE_LABEL + r"(?: ?\((?:yrs?|years)\))?"
COUNTERS = r"images?|im|img|frames?|slices?"
# A number with one of these behind it is a measurement.
UNITS_AFTER_NUMBERS = re.compile(
    r"\s?(?:mm|cm|hz|khz|ms|cts|counts|kcts|px|pixels?|mhz|mbq|ml|mm²|cm²|kv|mas|ma|db|fps|bpm|kg|mgy)(?![^\W\d_])|\s?%",
    re.I,
)
# Titles stand before a name without any colon.
TITLES = words("mr mrs ms miss mister dr prof herr frau hr fr mme mlle sr sra srta dott dottssa baby")
# Words of which one makes its line an institution's.
INSTITUTIONS = words(
    """
hospital hospitals hosp klinik kliniken klinikum clinic clinics clinique clínica clinica clinico clinical
krankenhaus spital universitätsklinikum uniklinik uniklinikum kantonsspital inselspital frauenklinik kinderklinik
tierklinik herzzentrum gemeinschaftspraxis praxis mvz ospedale policlinico polyclinique polyclinic poliklinik
hôpital hopital chu chru infirmary centre center centro ctr zentrum institute institut instituto istituto university
universität universitair universitario universite université university's szpital nemocnice sykehus sjukhus
sjukhuset universitetssjukhus rigshospitalet sygehus sairaala ziekenhuis hastanesi hastane merkezi kozpont központ
korhaz kórház bệnh benh byoin renmin sakit rumah casa santa radiology radiologie radiologia radiología cardiology
cardiologie kardiologie cardiología sonography diagnostics diagnostic imaging healthcare memorial medical med-ctr
department dept abteilung practice associates group laboratory lab labs nursing veterinary vet
"""
)
# These are as often a maker's or a menu's word as an institution's: they count only beside an unknown one.
WEAK_INSTITUTIONS = words(
    """
healthcare medical imaging center centre ctr diagnostic diagnostics clinical department dept radiology cardiology
group practice centro institute institut lab labs laboratory university memorial casa santa vet veterinary nursing
associates chu
"""
)
MONTHS = tuple(
    sorted(
        words(
            """
jan feb mar apr may jun jul aug sep oct nov dec mär mrz mai okt dez janv févr fevr avr juin juil août aout sept déc
ene abr ago dic gen mag giu lug set ott fev out sty lut kwi maj cze lip sie wrz paz lis gru mrt mei oca sub nis haz
tem agu eyl eki kas ara szept maalis huhti touko kesa heina elo syys loka marras joulu tammi helmi
iun iul cer led uno bre dub kve srp zar rij
"""
        )
    )
)
# Frequent names that the Standard's dictionary also knows as words, or that are short; evidence for a name.
NAMES = words(
    """
john mary james linda robert susan michael karen william nancy david lisa thomas emily kevin grace ruth amy joe paul
george anna maria peter mark frank scott douglas jason bernard martin walter albert alexander andrew anthony barbara
betty brian carol charles christopher daniel deborah dennis donald donna dorothy edward elizabeth eric gary gerald
harold harry helen henry jack jacob janet jeffrey jennifer jessica joan jonathan joseph joshua joyce juan judith
julia justin kathleen keith kenneth kimberly larry laura lawrence marie marilyn matthew melissa michelle nicholas
olivia pamela patricia patrick raymond rebecca richard roger ronald rose russell ryan samuel sandra sarah sharon
shirley stephanie stephen steven teresa terry timothy tyler victoria virginia wayne hans klaus jürgen uwe wolfgang
sabine petra monika ursula helga pierre jean michel jacques françois andré luc josé jose luis carlos antonio manuel
jesus carmen pedro pablo ana lucia giovanni giuseppe marco luca mario paolo lars erik björn ingrid olga ivan sergei
vladimir ewa jan piotr ali mohamed mohammed ahmed hassan omar fatima mehmet mustafa ayse wei li smith johnson
williams brown jones garcia miller davis rodriguez martinez hernandez lopez gonzalez wilson anderson taylor moore
jackson lee thompson white harris clark lewis robinson walker young allen king wright hill green adams baker nelson
carter mitchell roberts turner phillips parker evans edwards collins stewart morris murphy cook rogers morgan cooper
peterson reed bailey kelly howard kim cox ward richardson watson brooks wood bennett gray hughes price myers long
foster sanders ross powell sullivan müller mueller schmidt schneider fischer weber meyer wagner becker schulz
hoffmann koch bauer richter klein wolf neumann schwarz zimmermann krüger dubois durand leroy moreau laurent simon
petit rossi russo ferrari bianchi romano nguyen tran le pham hoang patel singh kumar sharma khan wang zhang liu chen
yang huang zhao wu zhou xu sun ma zhu hu tanaka suzuki sato yamamoto nowak kowalski novak ivanov silva santos souza
oliveira pereira lima costa fernandez perez sanchez ramirez torres flores rivera gomez diaz cruz reyes ortiz
"""
)


@cache
def term_kinds() -> dict[str, str]:
    """Return each keep-term with its kind; the first kind that lists it wins."""
    kinds: dict[str, str] = {}
    for kind, terms in TERMS.items():
        for word in terms:
            kinds.setdefault(word, kind)
    return kinds


@cache
def plain_words() -> frozenset[str]:
    """Return words that are no names by themselves: everyday, technical, clinical, the Standard's, terms."""
    known = familiar_words() | CLINICAL
    return known | (_without_accents(known) - NAMES - NEAR_NAMES - ALSO_NAMES - _NAMES_WITHOUT_ACCENTS)


# Names that words of other languages become without accents, by the lists that `clinical_words` was held against.
_NAMES_WITHOUT_ACCENTS = words(
    """
backen bander brost cliche corazon crane destine duree estime grosse hoeft hoeger hoger koerper lange nasta residu
schadel schrag starke vanta
"""
)


def _without_accents(known: Iterable[str]) -> frozenset[str]:
    """Return words of five letters or more as consoles write them that have no accents: uebersicht, proyeccion."""
    accented = [word for word in known if len(word) >= 5 and not word.isascii()]
    spelled = {word.translate(_GERMAN) for word in accented} | {unaccented(word) for word in accented}
    return frozenset(word for word in spelled if word.isascii())


_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@cache
def familiar_words() -> frozenset[str]:
    """Return those of the plain words that may be told by most of their letters."""
    return frozenset((EVERYDAY | TECHNICAL | standard_words() | label_words()) - NAMES) | frozenset(term_kinds())


@cache
def label_words() -> frozenset[str]:
    """Return the words of labels but for those that join others, which are parts of names as well."""
    return frozenset(word for phrases in LABELS.values() for phrase in phrases for word in phrase.split()) - _LINKS
