"""What consoles of many makers and languages write stays, and names beside it do not: rules and shipped classifier."""

import numpy as np
import pytest
from fakes import text_line

from deburn import Policy
from deburn.model import Runner, TextLine, open_runner
from deburn.redactor.decision import classify
from deburn.redactor.dicom import Identity
from deburn.redactor.opinions import opinions

ENGLISH = """
Fr 45|FR 45Hz|Frq 3.5|FPS 32|RS|2D|52%|C 50|P Low|HPen|Res|Gen|CF|59%|1500Hz|WF 120Hz|2.5MHz|M3 M4|+61.6|-61.6 cm/s
G Gn 62|Dyn R 60|PRF 0.6|WMF Low|Filt 2|Angle 60|SV Size 2.0mm|PW|40%|WF 60Hz|SV2.0mm|3.0MHz|4.4cm|TIS0.7 MI1.1
MI 1.3|TIb 0.4|Abd Gen|OB 2/3|C1-5|9L|RAB4-8-D|SC Abdomen|Vascular Venous|EFW Hadlock|BPD 8.2 cm 33w0d
HC 30.1 cm 33w3d|AC 28.4 cm|FL 6.3 cm 32w4d|GA(LMP) 32w5d|AFI 12.3 cm|EFW 2012 g|AUA 32w6d|Dist A 2.34 cm
Vol 12.4 ml|Area 3.2 cm²|RI 0.67|PI 1.12|S/D 2.9|PS 45.6 cm/s|ED 12.3 cm/s|TAmax 23 cm/s|HR 142 bpm|IMT Post 0.65 mm
CCA Prox|ICA Dist|RT ICA PROX|LT CFV|POP V|GSV AK|W/COMP|WO COMP|AUG|REFLUX|MCA PSV|UA RI|DV|LVIDd 4.7 cm
IVSd 1.0 cm|LVPWd 0.9 cm|EF(Teich) 62 %|FS 33 %|LA/Ao 1.3|MV E Vel 0.8 m/s|MV DecT 180 ms|E/A 1.2|AV Vmax 1.3 m/s
AV maxPG 7 mmHg|TR Vmax 2.3 m/s|TAPSE 2.1 cm|RVSP 28 mmHg|LVOT Diam 2.0 cm|AVA (VTI) 2.8 cm²|PLAX|PSAX|A4C|Subcostal
SAX PAP|TEE 45°|T: 37.2C|JPEG 85|ECG|Lead II|Tx 5|Harm|XRES 2|SonoCT|CPA|Pediatric Abd|Adult Echo|TH Spine|Lg Parts
Sm Parts|Breast Gen|Thyroid Rt Lobe Sag|Isthmus|Rt Lobe Trans Mid|Testis Lt|Epididymis|Liver Rt Lobe|GB Wall 2.1mm
CBD 4mm|Pancreas Tail|Spleen Long|RK Sag Mid|LK Trans|Bladder Post Void|Prostate Vol 34cc|Ut Sag|Endo 8mm|Rt Ov
Lt Adnexa|Cervix TV|Placenta Post|Spine Sag|4 Chamber|Profile|Nuchal 1.4 mm|Cord Insertion|Stomach|Aorta Prox Trans
IVC|SMA|Celiac|Appendix|Hip Lt Coronal|Alpha 62|Beta 55|SE: 3|IM: 45|Se:4|Im:12/120|Ex: Abdomen|TR 2000.0|TE 90.0
TI 2500|FA 90|ETL 16|NEX 2|Thk 5.0 sp 1.0|THK:5|SP:6.5|FOV 240|FOV: 24.0 x 24.0|MTX 256x192|W: 400 L: 40
WW 350 WL 50|W 2000 C 500|kV 120|mA 250|mAs 180|120 kVp|Tilt 0.0|GT: 0.0|Rot 0.5|Pitch 1.375:1|DFOV 35.0cm
SFOV Large|STND|BONE|SOFT|LUNG+C|B40f|I31f|H30s|FC13|ST 1.25|SP: -123.5|S 45.2|I 102.5|L 12.0|R 180.0|A 150.0|P 150
AHL|PFR|RAS|HFS|FFS|Head First Supine|Axial T1|SAG T2 FSE|COR STIR|AX FLAIR|DWI b1000|ADC|3D TOF|MIP|MPR|VRT
Volume Rendering No cut|No VOI|Scout|Topogram|Localizer|Arterial Phase|Portal Venous|Delayed 5 min|Non Contrast|C+
-C|POST GAD|PRE|Oral Contrast|Recon 2|Series 201|Acq 3|Slice 12/45|Zoom 150%|Mag 1.5x|Lossy 10:1|Compressed 8:1
Not for Diagnostic Use|RCC|LCC|RMLO|LMLO|R ML|L XCCL|Comp 110 N|Thick 52 mm|28 kVp 85 mAs|W/Rh|Mo/Rh|AGD 1.4 mGy
AEC Auto|Large Focus|Grid In|EI 1850|DI -0.3|S 200|L 2.3|G 0.9A 1.2R|SID 180|PA Erect|AP Supine|Lat Decub|Portable
Cross Table Lat|Oblique|Chest PA|KUB|Skull AP|C-Spine Lat|L-Spine AP|Hip Frog|Knee Sunrise|Hand PA|Foot Obl
Scanogram|Leg Length|RAO 30 CRAN 20|LAO 45 CAUD 25|LCA|RCA|LV Gram|15 fps|7.5 p/s|DSA|Roadmap|FD 20|FOV 22 cm|Cine 3
Run 5 Frame 12|Fluoro Time 3:45|DAP 23.4 Gycm²|Air Kerma 345 mGy|T-score -1.2|Z-score 0.3|BMD 0.912 g/cm²|BMC 45.3 g
L1-L4|Femoral Neck|Total Hip|Ward's|Region|Area (cm²)|Fracture Risk|OD|OS|Macula|RNFL|Disc|50° IR|30° ART|Q: 35
ART 24|Signal Strength 8/10|FAZ|Superficial|Fundus|Cardia|Antrum|Duodenum D2|Z-line|Cecum|Ileum|Polyp|NBI|WLI|BLI
Zoom x2|Eh:A1 Ce:1|Gr:N CVP:1|Struct. Enh A5|Iris Auto|Bitewing|Tooth 36|Pan|Ceph|CBCT|0.2 mm voxel|Static 5 min
Whole Body Ant|Post|Rest|Stress|SPECT|MBq 740|Tc-99m MDP|Counts 500k|Matrix 128|Energy 140 keV|SUV 4.2|PET/CT Fusion
AC|NAC|Bone Scan|LAT LT|Live|Freeze|Review|Print|Store|Measure|Caliper|Depth|Gain|Focus|Trackball|Select|Exit|Help
Body Mark|Annotate|Clear|Text A|Menu|Next|Back|Cine Loop|Auto Opt|Update|Report|End Exam|Worklist
"""
# What scanners and programs of the last years write; drawn up before their words were listed.
NEWER = """
SmartMetal Artifact Reduction|O-MAR off|iMAR Hip|Monoenergetic+ 40 keV|SAFIRE strength 3|ADMIRE 2|ASiR-V 50%
AiCE Body Sharp|Veo recon|FBP standard|Kernel Qr40d|Bv36|STND|BONEPLUS|DETAIL|Pitch 0.984:1|Rot 0.5s
Scan FOV Large Body|Cardiac Snapshot Pulse|R-R interval 75%|Calcium score (Agatston)|Total DLP 512.3 mGycm
CTDIvol 8.42 mGy (32cm)|SSDE 11.2|Eff. mAs 120|CareDose4D on|Tilt 0.0|Gantry 0 deg|Table -512.5|HFS|FFP
Series description|Thorax nativ 5.0 I30f|Abdomen portalvenös|Topogram lat|Localizer AP 120kV 35mA|Surview|Scanogram
t2_tse_tra_fs|t1_vibe_dixon_cor|ep2d_diff_b50_b800|T2 BLADE sag|PD FSE FatSat|FLAIR DarkFluid|SWI mIP
TOF 3D multi-slab|TRICKS|mDIXON Quant|SENSE-Head-8|dS Torso coil|GRAPPA 2|CS-SENSE|NSA 2|NEX 1.5|FA 15|ETL 16
BW 244 Hz/px|Acq voxel 0.9/0.9/3.0|Recon voxel 0.45|Slice gap 0.3|SAR 1.2 W/kg|B1+rms 2.1 uT|Trig delay 400 ms
PhaseEnc R>>L|Fat shift A|Ingenia Ambition X|Magnetom Vida Fit|SIGNA Premier|Vantage Galan|Biograph mCT Flow
Discovery MI DR|Frame 12/64 AC|SUVbw max 7.31|SUVpeak|MIP anterior|PETAC 3D|OSEM 4i21s|TrueX+TOF|Gated bin 3 of 8
Rest Myocardium|Stress Tc|LV EDV 112 ml|EF 58%|TID 1.04|Polar map|QPS|Summed stress score|Bull's-eye
Planar whole body ANT|POST|kcts 850|Zoom 1.45|Matrix 256x1024|LEHR collimator|MEGP|Peak 140 keV 15%|Xper CT
Allura Clarity|Artis zee biplane|LAO 45 CRAN 20|RAO 30 CAUD 10|SID 110 FD 20|15 f/s|Cine 30fps Coro low|Road map
DSA 4 f/s|Fluoro time 03:12|AK 245 mGy|DAP 21.4 Gycm2|Ref image|Store fluoro|Auto-wedge|Collimate|Shutter|Landmarking
Subtract mask|Pixel shift|Edge enhance|OEC Elite CFD|Boost|Pulse 8|HLF|kVp 74|Dose rate|Laser aimer|Vein mode
Normalize|Selenia Dimensions|Tomo HD|C-View|Senographe Pristina|Compression 11.2 daN|Force 90 N|Thickness 54 mm
AGD 1.42|Mo/Rh|W/Ag 0.05|Implant displaced|RMLO ID|LCC-S|Spot mag 1.8x|Rolled lat|Cleavage|AEC pos 3|Grid in
LEXI L1-L4|BMC 54.21|BMD 0.983 g/cm2|T-score -1.7|Z-score 0.2|Femur neck|Ward's triangle|Horizon A|Lunar iDXA|TBS|VFA
Acuson Sequoia|Redwood|LOGIQ E10|LOGIQ Fortis|Voluson Expert 22|EPIQ Elite|Affiniti 70|Lumify|Aplio i800|Xario
Arietta 850|Resona R9|DC-80A|HERA W10|RS85 Prestige|MyLabX8|Aixplorer Mach 30|ZONE Sonography|Butterfly iQ|GS 35|EV8C
SC5-1U|LA2-14A|C9-3io|IC5-9-D|ML6-15|RAB7-D|X8-2t|eL18-4|PureWave|HD-MI|SonoCT|XRES Pro|CrossXBeam|SRI 3|HDlive
Radiantflow|SlowflowHD|STIC heart|Omniview|VCI-C|AutoOP|SonoVCAD|BiometryAssist|S-Detect|ElastoScan+|E-Thyroid|MicroV
LumiFlow|TheraSound|uScan|iBeam|iTouch|eSpacing|HiFR CEUS|LVO|QLAB|AutoStrain LV|GLS -19.2%|3VT|PLAX|A4C|SAX-PM|TAPSE
MAPSE|E/A 1.2|E' sept|DecT 180 ms|IVRT|LVOT VTI|AV Vmax|MR PISA r|RVSP|TR maxPG|Qp/Qs|LVIDd 4.8 cm|IVSd|LVPWd
LA vol idx|EPSS|CRL|BPD|HC/AC|FL 3.1 cm|AFI q1|UmbA PI|MCA PSV|DV a-wave|NT 1.2|NB|GA by LMP|EDC|EFW Hadlock 4
Cx length|ICA prox|ECA|CCA dist|Vert A|PSV 87.3|EDV 21.0|RI 0.72|PI 1.21|S/D|IMT avg|Stenosis % (NASCET)|SFJ|GSV
Reflux 1.2 s|TIPS mid|Hepatofugal|MPV|Spleen L|Kidney Rt long|Cortex|RRI|PVR 34 ml|Prostate vol|Endo thick|Rt Ov|AFC
Follicle 1|CBD 4 mm|SWE med 5.6 kPa|IQR/M 12%|ATI 0.68|CAP 245 dB/m|Nyquist 61.6|WF 85Hz|PRF 4.0kHz|SV 2mm
SteerAngle -15|CPA|TDI|Dyn R 65|Persist Med|Gn 0|Map 3/2|FR Hi|Zm|Comp|Chrom 2|MB 3|D-Gain 55|TGC reset|Cirrus HD-OCT
Macular Cube 512x128|OS OU OD|Signal Strength 8/10|RNFL Thickness|GCL+IPL|ILM-RPE|ETDRS|Fovea 262, 72
Disc Center (0.03,-0.06)|Rim Area|C/D ratio .45|Spectralis Tracking|ART (42)|EDI|IR 30|Q: 28|BAF|ICGA 3:12
Topcon TRC-NW8|Field 2|Pentacam|K1 43.2 D|Kmax|Pachy min 532|ACD (ext.)|Belin/Ambrosio|IOLMaster 700|AL: 23.45 mm
SRK/T|Haigis|Endoscope GIF-H190|NBI|LCI|BLI|i-scan 2|EVIS X1|TXI|Near focus|AFI mode|Enh: B7|Scope rel.|Eh|Ce|Iris Avg
Zoom x1.4|IMAGE1 S|CLARA|SPECTRA A|WLI|Capsule PillCam|Sbtt|Orthophos SL|Pano P1|Ceph lat|FOV 8x8|VOX 160um|CBCT std
Planmeca ProMax|Carestream 9600|Sidexis|Vita 3D|Tooth 36|Bitewing R|Aperio GT 450|HE stain|20x|Ki-67|MPP 0.25
Slide label|Thumbnail|Varian TrueBeam|Gantry 180.0|Coll 355|MV 6X|FFF|CBCT Pelvis|DRR|PTV|GTV|Isocentre|Couch vrt
Elekta XVI|kV-MV|SRS cone|MultiMetrix|IVUS 40 MHz|MLA 4.1 mm2|Plaque burden|Pullback 0.5 mm/s|OFDI|FFR 0.78|iFR|Pa Pd
VH-IVUS|ChromaFlo|Aorta|NeuroViz 3T Head Coil|Body-6 Long|Spine 24ch|AutoAlign Head > Basis|Inline MPR
Perm. volume shim|t1_fl3d_tra_dyna|pd_tse_fs_cor 384|T2W_TSE_TRA SENSE|sT1W_3D_FFE|eTHRIVE|3D VIEW PD|CoronaryMRA WH
WIP DelRec|Cor T1 post Gd|Ax DWI b=1000|Sag T2 FRFSE-XL|Oax FGRE Fast SPGR|AX LAVA BH|ARC 2.00|Dist. factor 20 %
Rel. SNR 1.00|PAT Mode GRAPPA|Coil elements HEA;HEP|Base resolution 320|Bandwidth 250 Hz/Px|Slice acc 2
Voxel size 0.5x0.5x4.0|Scan time 3:24|Contrast phase art.|Delay 35 s|ROI 150 HU|Lung LCAD|CARE kV semi|Ref kV 100
Increment 0.7|Collimation 192 x 0.6|Acq 128x0.6mm|Body sharp FC52|Recon D 400|iDose (4)|Filter YB|Enh. Standard (B)
LSCOUT|SFOV Head|Interval 1.25 mm|HELICAL MODE/22.5|DFOV 36.0cm|No contrast|Ped|MIP Thin 10|Volume rendering no cut
Cut plane|W:1500 L:-600|Bone Win|Mediastinum|Angio head-neck|Ca-Score|HeartBeat-CS|CT Colonoscopy|3D Dental|Fly-thru
Syst. 35%|BPM avg 64|Dose Modul.|Dual Src|Flash thorax|Turbo flash|Spiral HR|KV 110 MAS 85|Tube A|Sn100|Tin filter
MI 1.1 TIs 0.4|P 78%|THI/H4.00|CF 2.5MHz|Scale 38.5 cm/s|Wall F 2|Density High|Smooth 3|C 54|R/P 4.0/2|FPS 42|Abd Gen
OB 2/3 Trim|Vasc Car|Musc Skel Sup|Thy|Breast Gen.|Ped. Hip|TCD Int|CX5-1|C5-2v|L18i-5|TE-V5Ms|7C3|PVT-674BT
PLT-1005BT|EUP-C715|EUP-L74M|SP5-1s|3C5A|L14-6Ns|CA1-7A|LA3-16A|VF10-5|9L4|4C1|4V1c|10V4|EC9-4|AcuNav 8F|TTE Adult
TEE 3D|MV annulus|LA appendage|Aortic root|RVOT prox|Asc Ao|Desc Ao|IVC collapse|Pulm veins|Mitral E vel|Septal e'
Lateral e'|A dur|LVEF (biplane)|4CH EDV|FAC|Simpson|Teich|Cube|Cont. Eq.|AVA (VTI)|PHT|DT|Sinus|STJ|LV mass idx|RWT
Strain Avg|Peak sys|Basal inf|Mid antsept|Apical lat|TIME TO PEAK|AVC|WMS|Normokinetic|Uterus long|Rt Adnexa|Lt Ov Vol
Endometrium|GS|YS|FHR 154 bpm|EFW 1450 g (35%)|MVP|Placenta ant|Fetus A|Presentation cephalic|Cerv L|NB present|Ductus
Tricuspid|Cereb|CM|Lat V|BOD|OFD|TCD|TTD|APTD|Humerus|Profile|Hand R|Renal art. orig|SMA|Celiac|Hepatic v.
Portal flow 22 cm/s|GB wall|CHD|Pancreas head|Ao bif|Rt Lobe|Lt Kid inf pole|Bladder post void|Jets|Prostate trans|SV
Testis|Epid head|Varicocele valsalva|Thyroid isthm|Node level II|Parotid|Rotator cuff|Supraspinatus|Biceps LHT
Achilles|Popl cyst|CFV comp|GSV thigh|POP V|Spontaneous|Augmented|ABI 0.92|PVR waveform|TBI|Great toe|Ankle DP|Digit 2
REST|Post ex 1 min|LAO 30.2 CAUD 20.1|RCA|LCA|LV gram|Lt Main|PCI LAD|Balloon 2.5x15|Frame 12 of 64|Run 3|Series 5/8
15 fps normal|Xray on|Skin dose|PDL 12|Zoom 22cm|Cu 0.3|kV 81 mA 410|ms 6.2|Air kerma rate|DR 3.2|SID max|Pat. height
Patient orientation HFS|Mask 3|Remask|Ed. enhancement|Landmark 20%|Peak opac|Vasc tree|Bolus chase|CB CT|Rot. angle
Swing|Wide 40|Sharp 3|Chest PA|Chest lat|KUB|Abd supine|Hand AP L|Knee sunrise|Skull Towne|C-spine open mouth
L5-S1 spot|Whole spine|Leg length|Hip frog|Clavicle axial|Zygoma|Sinus Waters|DAP 0.8 dGycm2|EI 1520|DI -1.2|S 240
LGM 2.01|REX 1780|ExI 412|Sens 400|SC|Grid 10:1|AEC LCR|Src 180|Processing MUSICA|GenRad|UNIQUE|Stitch|BV off
Portable AP upright|XTABLE LAT|Inspir|Expir|Scoliosis|Bone age|Cobb|Markers in|Gen /MSK|170dB/C 2|2D Opt:Res
Fr Rate:Surv|Col 79% Map 1|Flow Opt: Med V|SV Angle 60°|Dep 2.1 cm|Fr #123|AO% 100|S/A 2/1|Map F/0/0|DTCE high
Space-Time 2|R/S 1|H4.25MHz -4dB|60dB S1/+1/3/4|Gain= 3dB|Store in progress|CD 2.0MHz|CD Gain = 50|PLT-704SBT|diffT5.0
2DG 90|CG 33|ApliPure+|2D G50/ 120dB/FA5|P90/ Frq Gen.|FSI 0|H Res.|C G48/ 0.90kHz|MI 1.1 Tis 0.2|EUB-7500|BG:22 BD:60
R13|TEI:|PRC 14-2-L|PST 4|P 0 kHz|LA523|B F 12 MHz|XV 3|F H10.0|IP 6|iClear 3|#13 / 5.0 cm|[2D] Gen|Gn 48|SonoHD2
T: 37.0C|PAT T: 37.0C|TEE T: 38.3C|HR 72bpm|V 1.7/3.4|25Hz|SEMI ERECT|CR 10x12|LT OBL|EXT ROT|R-CC|28kVp|63mAs
Comp: 5.4cm/14dN|2D / THI|Vmax 1.45 m/s|Grad 8.4 mmHg|Dist 1 2.31 cm|+ D1 3.45 cm|Area 1 12.3 cm²|Circ. 12.1cm
A: 1.2 cm|x D2 2.00|VTI 22.1 cm|Mean Vel|LVOT Diam|MV E/A Ratio|IVS/LVPW|%FS 34|EF(Teich) 62%|SV(Teich) 71ml
CO 4.9 l/min|AoV cusp sep|EDV(MOD-sp4)|ESV MOD A4C|LAEDV Index|RVIDd 2.2|TV regurg|AR Dec slope|PFO bubble
Color Compare|Freeze 14:05|Cal 10mm/div|SC 1|Physio delay 0|Loop 2 beats|Beat 1/3|Resp off|Harm on|PW 50%
Wall filter low|SVD 67.0|SVL 3.0|Baseline 0|Steer 20|Inverted|4.0 MHz PD|Power Doppler|Low flow|Panoramic on
LOGIQworks|Convex 3.5|L 40 W 400|WL: 40 WW: 400|W 350 C 50|Im: 24/120|Se: 4|Zoom: 123% Angle: 0|TR: 4500.0 TE: 102.0
TI: 2500|Thk: 5.0 mm Loc: -32.1|ET: 19|SL 3.0/3.5sp|FoV 230*230|SP H12.3|SP F 8.1|TP -112.0|Mx 512|RD 350|GT 0.0
LPH / RAF|ASL 30|A/P 12.0|Tra>Cor(-12.3)|AQ 1|22 SL 1|STUDY 1|SCAN 3|4/32|CP Head|+LPH|SN 1|TA 03:12|BW 130
M/NORM/DIS2D|*tse2d1_15|COR A1|HFDR|NONE/FL|Det: 1|ISO 800|Brightness 50|LUT: Log|EXP 2%|DIA 2.0|Density 1.5
GA 1.0 GT R|GS -0.25|RE 0.4 RN 4|RT P|MRB F|S=178|L=2.1|SMPTE|Collimator 10x12|Filtration 0.1Cu|SID 180 cm|Wall stand
Tabletop|Detector 17x17|Wireless
"""
OTHERS = """
Schallkopf C5-2|Tiefe 12 cm|Verstärkung 50|Bildrate 32 Hz|Fokus 6 cm|Leber|Galle|Niere re|Niere li|Milz
Abstand 2,3 cm|Umfang 30,1 cm|Volumen 23 ml|Aufnahme 3/12|Vergrößerung 150 %|Fenster 350/50|Schicht 12
Schichtdicke 5 mm|Serie 3|Röhrenspannung 120 kV|Kontrastmittel|nativ|arteriell|venös|Längsschnitt|Querschnitt
Oberbauch|Schilddrüse|Halsgefäße|Harnblase|Prostata|Eingefroren|Speichern|Drucken|Seite links|rechts|a.p.|seitlich
im Stehen|Nicht für die Diagnose|Unkomprimiert|Verlustbehaftet komprimiert|Bild 12 von 45|Profondeur 12 cm|Foie
Rein D|Rein gauche|Coupe transversale|Fréquence 5 MHz|Échelle|Vésicule|Côté gauche|Incidence face|Épaisseur 5 mm
Série 2 Image 5|Zoom 1,5|Temps d'écho 90 ms|Figé|Imprimer|Enregistrer|Aorte|Thyroïde|Sein droit|Poumon
Colonne lombaire|Genou|Hanche|Face|Profil|Debout|Couché|Non destiné au diagnostic|Profundidad 12 cm|Hígado|Riñón der
Riñón izq|Ganancia 50|Frecuencia 3.5 MHz|Distancia 2,3 cm|Corte axial|Serie 3 Imagen 12|Vista previa|Proyección AP
Grosor 5 mm|Congelado|Vesícula|Bazo|Páncreas|Útero|Ovario der|Próstata|Vejiga|Tiroides|Mama izq|Columna|Rodilla
Cadera|De pie|Lateral|No apto para diagnóstico|Profondità 12 cm|Fegato|Rene dx|Rene sn|Guadagno 50|Distanza 2,3 cm
Proiezione AP|Spessore 5 mm|Strato 3|Colecisti|Milza|Vescica|Utero|Ovaio sx|Mammella|Ginocchio|Anca|In piedi
Laterale|Congelato|Salva|Stampa|Diepte 12 cm|Lever|Nier rechts|Milt|Galblaas|Afstand 2,3 cm|Staand|Liggend
Profundidade 12 cm|Fígado|Rim direito|Baço|Congelar|Wątroba|Nerka prawa|Djup 12 cm|Njure höger|Derinlik 12 cm|Böbrek
Dalak
"""
# What else is on each page.
BESIDE = ("MI 0.9", "2D", "C 5", "Liver", "12.0 cm")
NAMES = ("Quastel", "Ostwig", "Mirabo", "Zandt", "Brevik", "Kolbern", "Tasker", "Ivendal")
COMPANY = """
{0}|{0} {1}|{0}, {1}|{0}^{1}|{0} {1} 45Y|{0} {1} 45 M|{0} {1} M/45|{0} 12 kg|{0} {1} 171 cm|{0} LT|L {0}|{0} AP|AP {0}
{0} CHEST|CHEST {0}|{0} ABDOMEN 3.5C|{0} MI 1.2|{0} TIS0.4|{0} 12 fps|{0} #3|Liver {0}|{0} MD|{0} RDMS|{0}/{1}|{0} 2D
{0} Exam|{0} Philips|Siemens {0} {1}|OP {0}|BY {0}|Baby {0}|B/O {0}|{0} Twin A|{0} F|(F) {0}|{0} <{1}>|{0}_{1}|{0}{1}
Owner {0}|{0} Canine|{0} 55 %|{0} 10 mm|{0} {1} 10.5 mm|{0} 100 Hz|{0} 90 bpm|{0} 120 kV|{0} Gain 50|Room {0}|Ward {0}
{0} was moved during the scan|the scan of {0} was stopped by the user|Seen with {0} in the room today
Please call {0} about this report|Image of {0} not for diagnosis|{0} did not hold breath
"""


@pytest.fixture(scope="module")
def runner() -> Runner:
    return open_runner(device="cpu", threads=1)


def lines_of(texts: str) -> list[str]:
    return [text for row in texts.strip().splitlines() for text in row.split("|")]


def masked(text: str, runner: Runner) -> np.ndarray:
    """Return which characters of a line on a page without a header are masked."""
    page: list[TextLine] = [text_line(text, 40, 40)]
    page += [text_line(other, 300, 200 + 20 * index) for index, other in enumerate(BESIDE)]
    hidden = np.zeros(len(text), bool)
    for finding in classify(page, Identity(), Policy(), opinions(page, Identity(), runner)):
        if finding.line is page[0] and finding.mask:
            hidden[finding.start : finding.end] = True
    return hidden


@pytest.mark.parametrize(
    ("texts", "share"), [(ENGLISH, 0.9), (NEWER, 0.74), (OTHERS, 0.85)], ids=["English", "newer", "other languages"]
)
def test_most_of_what_consoles_write_is_kept_whole(texts: str, share: float, runner: Runner) -> None:
    texts_kept = [text for text in lines_of(texts) if not masked(text, runner).any()]
    assert len(texts_kept) >= share * len(lines_of(texts))


@pytest.mark.parametrize("company", lines_of(COMPANY))
def test_a_name_is_masked_in_any_company(company: str, runner: Runner) -> None:
    for index, name in enumerate(NAMES):
        other = NAMES[index - 1]
        for text in (company.format(name, other), company.format(name, other).upper()):
            hidden = masked(text, runner)
            for part in (name, other) if "{1}" in company else (name,):
                at = text.lower().index(part.lower())
                assert hidden[at : at + len(part)].all(), text
