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
abbruch ansichten aortenklappe arteriell ausatmung auswurffraktion bauchaorta bauchlage bauchspeicheldrüse
bauchumfang beckenendlage beenden beingefäße berechnung beschriftung bestätigen bildbreite bildhöhe bildnummer
bildrate blatt blinddarm brustbein brustdrüse brustkorb brustwirbelsäule darm daumen diagnose diagnostik
diagnostische dickdarm drehen druckgradient dünndarm eierstock eierstöcke einatmung eingefroren ellenbogen empfang
empfangen enddarm ende femurlänge ferse fertig flächen fokus frequenz fruchtwasser gallenblase gebärmutter gehirn
geschwindigkeit geschwindigkeiten gesendet glättung graustufen grundlinie halsgefässe halsgefäße halsschlagader
halswirbelsäule handgelenk harnleiter harnröhre helligkeit herz herzfrequenz herzrate herzspitze hirnstamm hoden
hohlvene höhe hüftgelenk kammer kiefergelenk kindslage kippen klappe klappen kleinhirn kniegelenk komprimiert
kontrastmittel kontrastmittelgabe kopfumfang kreuzbein leistung lendenwirbelsäule luftröhre lunge lungen lymphknoten
längsschnitt markierung markierungen messwert messwerte milzvene mitralklappe nabelschnur nasennebenhöhlen nativ
nebenhoden nebenniere nebennieren nebenschilddrüse nierenarterie oberarm oberbauch oberkiefer oberschenkel
ohrspeicheldrüse pfortader plazenta portalvenös prostata querschnitt rauschen rechteck rekonstruktion rippen
röhrenspannung röhrenstrom rückenlage rückenmark schallkopf schichtabstand schichtdicke schichten schilddrüse
schlagvolumen schlüsselbein schulterblatt schultergelenk schwangerschaft schwangerschaftswoche
schwangerschaftswochen schädelbasis schädellage schärfe seitenlage sendeleistung senden sitzen skala speiseröhre
spiegeln sprunggelenk spätphase stehen steißbein strecke tiefenausgleich unkomprimiert unterarm unterbauch
unterkiefer unterschenkel venös vergrösserung verhältnis verkleinerung verlustbehaftet verlustfrei verlustlos
verzögert volumina vorfuß vorhof wand wandfilter warten werkzeug werkzeuge wiederholrate wirbelsäule zehen zwecke
zähne öffnen übertragen
"""

# French.
_FR = """
agrandissement amniotique aorte aortique apnée artère artères artériel assis attendre avertissement axiale bassin
biliaire bipariétal cardiaque carotide carotides cervicale cheville cholédoque clavicule coeur colonne confirmer
cordon coronale couché coude côtes dent dents destiné doigt dynamique débit débout décubitus effacer endomètre
envoyer envoyé espacement figé filtre focale follicule follicules fréquence fémorale fémur ganglions gelé genoux
gris grossissement hanches humérus imprimer incidence injecté isthme jugulaire liquide lissage lombaire
longitudinale luminosité matrice mitrale myomètre mâchoire netteté omoplate oreillette orteil ovaire ovaires
pancréas paroi pas perte pertes pieds poignet poplitée porte poumon poumons procubitus produit profil prêt puissance
périmètre quitter rachis rapport reçu rythme répétition sagittale sein seins suivant supprimer supprimé tardive
temps terminer testicule testicules thyroïde transversale tête utérus valider veine veines veineux ventricule
vertèbre vertèbres vessie vitesses vésicule écho échographie épaules épididyme
"""

# Spanish.
_ES = """
abrir aceptar adquisición amniótico ampliación apnea apto arteria arterias aurícula aórtica biliar bipedestación
borrado brillo cancelar cardiaco carótida clavícula codo colédoco compresión confirmar congelado corazón cordón
costilla costillas cráneo decúbito dedo diagnóstico diente dientes ecografía eliminar endometrio enviado enviar
epidídimo escápula espere espiración feto flujo foco folículo folículos frente fémur ganglio ganglios grises hombro
húmero impreso inspiración istmo longitud líquido lóbulo mandíbula manos matriz miometrio muñeca nitidez ovario
ovarios pared perímetro pies poplítea potencia previa prono proyección próstata páginas páncreas pérdida recibido
reconstrucción ritmo riñones salir senos sentado separación superficie tabique tardía tardío terminar testículo
testículos tiroides tobillo velocidades venas venosa venoso ventrículo vesícula válvula yugular útero
"""

# Italian.
_IT = """
acquisizione addome amniotico angolo annulla aortica apnea apri arterie arteriosa arterioso atrio attendere
attenzione bacino biparietale calcolo cancellato cardiaca caviglia circonferenza clavicola colecisti coledoco colore
compressione congelato cordone cuore decubito dente denti diagnosi diagnostico distanza dito dorsale endometrio
epididimo espirazione espirio fegato femorale femore fermo feto fine flusso follicoli follicolo frequenza fronte
fuoco ginocchio giugulare gomito grigi ingrandimento inspirazione inspirio invia inviato istmo laterale linfonodi
linfonodo liquido luminosità lunghezza mammella mammelle mandibola matrice milza miometrio misure mitrale nitidezza
omero ortostatismo ovaie ovaio pagine parete perdita perimetro piede piedi polso poplitea portale potenza pressione
profilo proiezione prono pronto rapporto ricevuto ricostruzione salvato scapola seduto seni setto spalla stampato
strati supino tardiva tardivo testa testicoli testicolo tiroide torace utero valvola vene venoso ventricolo
"""

# Dutch.
_NL = """
achter aders afdrukken afgedrukt afstand alvleesklier annuleren baarmoeder bekken berekening bevestigen bevroren
blaas boezem borst borstkas bovenarm bovenbeen buik diagnose diepte druk echografie eierstok elleboog enkel fout
frequentie galblaas gemiddelde gereed halsslagader hartslag helderheid heup hoofd inademing inhoud kaak kamer klep
kleur lever liggend lymfeklier maximaal milt minimaal nier nieren omtrek ontvangen openen opgeslagen opname opnames
oppervlak oppervlakte pols prostaat reconstructie ribben schedel scherpte schildklier schouder slagader sleutelbeen
staand stroom tand tanden teen terug uitademing verhouding vermogen versterking verwijderd verwijderen verzenden
verzonden vinger volgende voor vruchtwater wachten wand wervelkolom wissen zaadbal zittend
"""

# Portuguese.
_PT = """
abdome abdômen aguarde amniótico apagar aquisição artéria baço bexiga biliar brilho cabeça circunferência clavícula
compressão comprimento congelado coração cordão cotovelo crânio dedo dente dentes diagnóstico distância diâmetro
endométrio erro espessura expiração feto foco folículo frequência fêmur fígado ganho incidência injeção inspiração
istmo joelho linfonodo líquido nitidez novo ombro ovário ovários parede perda poplítea potência profundidade
projeção pronto punho pâncreas quadril reconstrução relação rins seguinte superfície tardio terminar testículo
tireoide tornozelo veia venoso átrio úmero
"""

# Swedish, Norwegian, Danish, Finnish.
_NORDIC = """
advarsel albue ankel armbåge bilde blære bredd bredde bryst bröst bukspottkörtel bukspyttkjertel bäcken djup dybde
eggstokk etäisyys farge fel flate forkammer forrige forsterkning fostervatten fot fotled frekvens fryst färg
föregående förmak förstärkning galdeblære gallblåsa galleblære gjennomsnitt handled hastighet hjerte hjärta hode
hodeskalle hofte huvud håndledd höft höger höjd højre høyde kammare kilpirauhanen kjeve klaff klar kne knä kragebein
käke lagre lengde lever liggande liggende livmoder livmor ljusstyrka lunge lymfkörtel lysstyrke längd lårben mage
maksa medelvärde mjälte moderkaka munuainen mätning mätningar måling målinger neste njurar njure nyckelben nyre
nyrer nästa oikea omkrets perna radera rakko resultat revben ribben sende sittande sittende skalle skarphet skicka
skjoldbruskkjertel skulder skärpa sköldkörtel slette slut slutt snitt spara stående syvyys tand tann tenner testikel
testikkel tjocklek tykkelse tänder urinblåsa utskrift varning vasen vegg vent vinkel volum volym vägg vänster vänta
yta äggstock överarm
"""

# Polish, as far as the reader knows its letters.
_PL = """
bark biodro czaszka drukuj jajnik kolano kolor lewy macica miednica nerki obrazy pecherz piersiowa prawa prawy
przedsionek serce seria stopa tarczyca trzustka usun wstecz wzmocnienie zab zastawka
"""

# Turkish, as far as the reader knows its letters.
_TR = """
ayak böbrek derinlik diz genişlik görüntü göğüs hacim hata ileri iptal kafa kalp kalça kapak kaydet kesesi mesane
omuz pankreas prostat rahim renk safra sağ seri tiroid uzunluk yükseklik
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
        (
            _STUDIES,
            _TECHNIQUE,
            _POSITION,
            _ANATOMY,
            _MEASUREMENT,
            _INTERFACE,
            _OTHER,
            _DE,
            _FR,
            _ES,
            _IT,
            _PT,
            _NL,
            _NORDIC,
            _PL,
            _TR,
        )
    ).split()
)
