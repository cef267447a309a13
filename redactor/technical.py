"""Technical words that are no names by themselves: of techniques, anatomy, measurements, menus, reports.

Unlike the terms of `vocabulary` they say nothing about what stands beside them, and a match of the header wins over
them: none is worth a leak. Words that are given names or surnames too are left out.
"""

# Of techniques.
_TECHNIQUE = """
absorptiometry accelerated acmap aliasing aluminium angiographic antialias antiscatter apodization arteriography
arthrography autoprescan barium baselines beamform beamformer biphasic bodycoil bolustracking cassettes cathode
centering cineradiography coilset collimated composed compounded compounding contrasted corticomedullary couch curved
cystography dealiasing deconvolution demagnified denoise denoised denoising densitometer diffusivity digitised
digitized digitizer dosage dosimetry dualenergy echotrain elastogram endocavitary energies excretory filtration
flatpanel fluorine fluoroscopic focalspot foldover gadobutrol gadolinium galactography gantrytilt gastrografin
gradientecho gridded gridless halflife harmonic harmonics headcoil helically hepatobiliary highenergy
hysterosalpingography illuminance imageplate interleave interleaved interpolated intracavitary iodinated iodine
iodixanol iohexol iopromide isocentre isovoxel kilovolt kilovoltage linearray listmode localiser localisers localizers
lowenergy mammographic microconvex milliampere monophasic montage mosaic multiphase multiphasic multiplanar multislice
myelography nephrographic neurovascular noncontrast normalised normalize nowrap osem overexposed packet perfusions
phased phasewrap photostimulable polarised polarized polyenergetic prescan preshim projections psf pulsing
pyelographic reception reconstructions reformat reformats reformatted relaxometry resample resampled rescaled scanners
scanogram scattered scintigram scintigraphy scouts sharpening shearwave shim shimming shoot shutters sialography
sinogram spectroscopic spectrum spinecho spirally stacked steered stepping stiffness stitched stitching strainrate
strains subharmonic subtract suppressed surfacecoil surview synthesized tableheight technetium testbolus thinslice
tiled topographic tracers transabdominal transcranial transfontanellar transoesophageal transperineal transrectal
trapezoid trapezoidal triphasic tuning uncorrected underexposed undersampling undershoot unenhanced unfiltered ungated
unmasked unsubtracted urography velocimetry velocities venography voxels wallfilter washin washout windowing wrap
"""

# Of views.
_POSITION = """
abducted adducted anteroposterior axially caudocranial clenched closedmouth contra coronally craniocaudal dorsopalmar
downward everted expiratory flexed horizontally inspiratory inspired inward ipsi lateromedial leftward longitudinally
mediolateral midaxial midcoronal midsagittal nonweightbearing obliquely openmouth outward palmodorsal paracoronal
posteroanterior pronated rightward sagittally squatting supinated transv transversal transversally unloaded unrotated
upward vertically weightbearing
"""

# Of anatomy and of what is found there.
_ANATOMY = """
abscess acetabulum acromion adenoid adenoma adrenals adventitia airway airways alveolar alveolus amygdala anal
anechoic ankles antral aortoiliac appendiceal arachnoid arteriole arthritis arthrosis ascites atlantoaxial atria
auricle bakers bowel brachialis brainstem bronchi bronchial buccal bursae calcaneal calcification calcifications
calculi callosum calvarium capitate capitellum capsule carcinoma carpal carpals carpus cartilage caudate caval centrum
chiasm cholecyst chorion choroid clavicles clavicular cochlea coeliac colonic condyle condyles conus coronoid cricoid
cruciate cuboid cuneiform cusps cystadenoma cysts deltoid dentition diaphyseal diaphysis discs dislocation
dislocations dissection dissections diverticulum dorsum ducts duodenal dural echogenic edema effusions embolism
embolus epicondyle epiglottis epiphyseal epiphysis facets femurs fissure foetus follicles fontanelle foramina forearms
forefoot fracture fractures gallstone ganglion glands glenohumeral glenoid glottis gluteus gracilis groin haemangioma
haematoma haemorrhage hallux hamate hamstring hemangioma hematoma hemidiaphragm hemithorax hemorrhage
hepaticopancreatic hila hindfoot hippocampus humeral hydronephrosis hyperdense hyperechoic hyperintense hypodense
hypoechoic hypointense hypophysis ilea iliacus iliopsoas incisors infarction infraspinatus insula intervertebral
intestines ischaemia ischemia ischium isodense isoechoic isointense kneecap kyphosis labral labrum laryngeal lesions
ligaments lipoma lobes lobule lordosis lumbosacral lunate lymphatic malleolar malleolus mandibles masses mastoids
maxillary meniscal menisci metacarpal metacarpals metaphysis metastases metastasis metatarsal metatarsals metatarsus
midfoot molars mucosa muscles navicular neonate neoplasm nephric nerves nipples nodal nodules occiput occlusion
occlusions oedema olecranon oropharynx ossicles osteophyte osteophytes papilla parametrium parathyroids parotids
patellae patellofemoral pectoralis pedicle pedicles pelves penile perianal perineal peritoneal peritoneum phalanges
phalanx pharyngeal phrenic pineal pisiform placental plantaris plexus polyps pontine popliteus premolars prostatic
psoas pterygoid ptosis pubes pubic pubis quadriceps radii radioulnar rectosigmoid retina sartorius scaphoid scapulae
scapular sciatic scoliosis scrotal semimembranosus seminal semitendinosus sesamoids shoulders soleus spondylosis
stenoses sternal stylohyoid styloid subluxation subpatellar subscapularis subtalar sulcus suprapatellar suprarenal
suture symphysis synovial synovium talar talus tarsals tarsus tendons testicle testicles thalamic thighs thoracolumbar
thrombi thrombosis thumbs tibiae tibias tibiofibular toes tonsil tonsils tracheal trapezium trapezius triceps trigone
triquetrum trochanter trochanteric trochlea tumor tumors tumour tumours turbinate tympanic ulnas umbilicus ureteral
ureters uteri uvula vagina valvular vascularity vasculature vermis vertebrae vesicle vestibular vocal volar wrists
xiphoid zygomatic
"""

# Of measurements.
_MEASUREMENT = """
angles areas attenuations circumferences countrate crownrump densities diameters ellipses enddiastolic endsystolic
fetalweight gestation gradients heartrate heights histograms intensities kilocounts peaks percentiles perimeters
pixelsize planimetric postvoid pressures presystolic prevoid profiles protodiastolic ratios resistive standardised
telediastolic traces tracing troughs variability voided widths
"""

# Of menus and messages.
_INTERFACE = """
aborted accept acquires admin alert annotated annotating arrows autoplay backup backups backward backwards bodymark
bodymarker bodymarks bookmark bookmarks browse browser browsing button buttons calibrating caption captions captures
cautions charged charging checkbox cineloop clip clipboard clips configurations configure configured cooldown cooling
crosshair crosshairs cursors deletes demonstration deselect diagnostics dialogs disable disabled discharged dismiss
download downloads drag dropdown duplicate enable errors examinations exams expires export exporting exports faster
filmed filming filmsheet filmstrip footswitch fullbattery fullscreen hangings hibernate icons import imported
importing incomplete informational initialised initialising initialized initializing interrupted joystick knob knobs
labelling layouts licence license licensed logbook logfile logged login logoff logon logout looped looping maximise
maximize messages minimise minimize notifications option overheated pane panel panels panes password passwords pauses
pedal pictogram pictograms popup preferences previews printers procedures queued queueing reboot refresh register
reload rename resend restart restarting restore restored restoring retries retry reversed rewind screenshot
screenshots scrollbar selections selects shutdown sidebar slider sliders slideshow snapshots statusbar storing
subtitle tab tabs taskbar templates thumbnails toggle toggles toolbar tooltip touchpanel touchscreen trackball
transferring transfers transmitting troubleshooting undefined unloading unregistered unselect uploading uploads
username utilities utility warming warmup workflow workflows worklists worksheet worksheets workspace workstations
"""

# Of reports.
_OTHER = """
ablated ablation addendum ambulant angioplasty approximately artefact artefacts arthrodesis arthroplasty artifact
artifacts aspirated aspiration balloon balloons benign biopsied cannula catheters coils compared crosswire
cryoablation definite definitely dictated drain drainage drained drains electrode electrodes embolisation embolization
followup grafted grafts guidewire guidewires implanted implants interventional intraop kyphoplasty lasers lithotripsy
malignant misaligned nails needles osteosynthesis pacemaker phantoms plates postop postoperative preop preoperative
probable prostheses prosthetic quadruple radiofrequency recommendation recommendations repeats sclerotherapy screw
screws sheath sheaths stents surveillance suspicious transcribed triple unchanged unlikely unreported vertebroplasty
wire wires worsened
"""

# German.
_DE = """
abbruch ansichten arteriell ausatmung auswurffraktion bauchlage bauchspeicheldrüse beschriftung bestätigen bildbreite
bildhöhe bildnummer blinddarm brustbein brustkorb brustwirbelsäule darm daumen dickdarm drehen druckgradient dünndarm
eierstock eierstöcke einatmung ellenbogen empfang empfangen enddarm ferse fertig flächen gallenblase gebärmutter
gehirn geschwindigkeit geschwindigkeiten gesendet halsschlagader halswirbelsäule handgelenk harnleiter harnröhre
helligkeit herzfrequenz herzrate hirnstamm hoden höhe kippen kleinhirn kontrastmittel kontrastmittelgabe
lendenwirbelsäule luftröhre lymphknoten längsschnitt markierung markierungen messwert messwerte nasennebenhöhlen nativ
nebenniere nebennieren oberarm oberkiefer oberschenkel prostata querschnitt rauschen rechteck rippen rückenlage
rückenmark schichtabstand schichtdicke schichten schilddrüse schlagvolumen schlüsselbein schulterblatt schädelbasis
schärfe seitenlage senden speiseröhre spiegeln sprunggelenk spätphase unterarm unterkiefer unterschenkel venös
vergrösserung verkleinerung volumina vorfuß warten werkzeug werkzeuge wirbelsäule zehen zähne öffnen übertragen
"""

# French.
_FR = """
aorte artère artères artériel assis attendre avertissement bassin cardiaque carotide carotides cheville confirmer
couché coude dents dynamique débit envoyer envoyé espacement filtre fréquence genoux hanches imprimer injecté lombaire
mâchoire oreillette ovaire ovaires pancréas pieds poignet produit profil puissance périmètre rachis reçu rythme
suivant supprimer supprimé thyroïde utérus veine veines veineux ventricule vessie vitesses vésicule écho échographie
épaules
"""

# Spanish.
_ES = """
abrir arteria arterias aurícula bipedestación borrado cancelar cardiaco carótida codo confirmar cráneo decúbito
dientes ecografía enviado enviar espere espiración flujo frente hombro impreso inspiración longitud mandíbula manos
muñeca ovario ovarios perímetro pies potencia próstata páncreas recibido ritmo riñones senos sentado separación
superficie tardía tiroides tobillo velocidades venas venosa ventrículo vesícula válvula útero
"""

# Italian.
_IT = """
addome angolo annulla apri arterie arteriosa atrio attendere attenzione bacino cancellato cardiaca caviglia colecisti
colore denti dorsale espirio fegato flusso frequenza fronte ginocchio gomito inspirio invia inviato lunghezza
mandibola milza ortostatismo ovaie ovaio perimetro piede piedi polso potenza pressione profilo ricevuto salvato seduto
spalla stampato supino tardiva tiroide torace utero valvola vene ventricolo
"""

# Dutch.
_NL = """
achter aders afdrukken afgedrukt afstand alvleesklier annuleren baarmoeder bekken bevestigen blaas borstkas buik
diepte druk echografie eierstok elleboog enkel fout frequentie galblaas halsslagader hartslag heup inademing kleur
liggend milt nier nieren omtrek ontvangen openen opgeslagen opname opnames oppervlakte pols prostaat schedel
schildklier schouder slagader staand stroom terug uitademing vermogen versterking verwijderd verwijderen verzenden
verzonden volgende voor wachten wervelkolom zittend
"""

# Of contrast studies, nuclear medicine, obstetrics, elastography, reports.
_STUDIES = """
agd agitated angiogram anonymize aortogram arfi arthrogram aua aug augmentation backlight bi-rads biometry birads
breech bubble bullseye cbct cephalogram clariscan commit cta ctp ctv cu-64 cvr cystogram definity deidentified
dichorionic dmsa dotarem dtpa duplex enhancing eovist esophagram f-18 f18 faz fdg fibroscan filt fistulogram fusion
ga-67 ga-68 gadovist galactogram gallium gradation hct hemorrhagic heterogeneous hmpao homogeneous hrct
hysterosalpingogram i-123 i-131 in-111 indistinct insertion intrathecal intravenous iomeprol ioversol laparoscopic
lavage lca ldct lfov liq lobulated loq lu-177 lumason lvg mag3 magnevist mdp mibi microcalcification monochorionic
multihance myelogram n-13 nodular nonenhancing obscured omniscan optison orthopantomogram panorex pencil perflutren
primovist prohance pyelogram rb-82 reflux septated sestamibi sfov sialogram simultaneous solid sonazoid sonovue
spiculated static steatosis struct swe sweep sws tc-99m tc99m tetrofosmin thallium tiltplane tl-201 transceiver
treadmill trimester triplet triplex tti twin twins uiq uoq urogram valley venogram venosus ventriculogram viability
vtq ward's wli wmf xe-133 xplane zr-89
"""

TECHNICAL = frozenset(
    " ".join(
        (_STUDIES, _TECHNIQUE, _POSITION, _ANATOMY, _MEASUREMENT, _INTERFACE, _OTHER, _DE, _FR, _ES, _IT, _NL)
    ).split()
)
