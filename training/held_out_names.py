"""Family and given names that no training page bears: the classifier is measured on them."""

_FAMILIES = """
Abernathy Ashdown Bickerstaff Blackwood Bradshaw Brigham Cartwright Chatterton Cromwell Danforth Eastwick Fairbanks
Featherstone Gallagher Goldstein Hathaway Henderson Ingleby Jameson Kavanagh Kensington Lancaster Lockhart Montgomery
Netherfield Pemberton Quigley Radcliffe Rutherford Sheffield Stanhope Thackeray Underwood Vaughan Wadsworth Whitaker
Yardley Zimmerman Achterberg Brandstetter Dietrich Eichhorn Feldkamp Gerstner Hirschfeld Jaeger Kaltenbach Lindemann
Mannheimer Niederhauser Oberlin Pfeiffer Reinhardt Steinmetz Trautmann Ullrich Vogelsang Wiedemann Zeller Aubert
Beaumont Charpentier Delacroix Fontaine Garnier Jourdain Lambert Marchand Perrault Renault Tessier Vasseur Aguilar
Barrientos Cabrera Dominguez Escobar Figueroa Guerrero Herrera Ibarra Jimenez Lozano Maldonado Navarro Orozco Pacheco
Quintero Salazar Tejada Urrutia Villanueva Zapata Almeida Barbosa Cardoso Furtado Monteiro Bellini Caruso Esposito
Fabbri Gallo Lombardi Marchetti Palumbo Ricci Santoro Vitale Adamczyk Borkowski Czarnecki Dudek Gajewski Jankowska
Kuczynski Lis Mazurek Pawlak Rutkowski Sikora Wolniak Zaremba Andersson Bergstrom Christensen Eklund Forsberg Gustafsson
Halvorsen Jensen Kristiansen Lindqvist Nygaard Petersen Rasmussen Solberg Thorsen Heikkinen Laine Salonen Aksoy Bulut
Erdem Karaca Polat Tekin Uzun Bhattacharya Chaudhary Deshmukh Ganguly Iyengar Kulkarni Malhotra Pillai Saxena Trivedi
Venkatesan Abdullah Bakri Darwish Fayed Ghanem Kassem Najjar Qureshi Shaheen Cheung Fong Leung Tsang Yeung Zheng
Fujimoto Hasegawa Inoue Matsumoto Shimizu Uchida Dinh Luong Truong Achebe Balogun Chukwu Eze Mbeki Ndlovu Okonkwo
Hand Stone Fields Winter Page Bell Rice Marsh Little Day
"""
_GIVEN = """
Adelaide Ambrose Beatrice Bertram Cecily Clement Delphine Desmond Edith Ernest Florence Gideon Harriet Horatio Imogen
Jasper Josephine Lavinia Leopold Mabel Maximilian Nathaniel Octavia Percival Philippa Quentin Rosalind Rupert Sylvia
Theodore Undine Vernon Winifred Annelie Burkhard Dietlinde Eberhard Friederike Gerlinde Heinrich Irmgard Joachim
Kunigunde Lothar Mechthild Norbert Ottilie Reinhold Siegfried Traudl Waltraud Agathe Bastien Clotilde Didier Etienne
Fabrice Gaston Honorine Isabeau Laurence Mathilde Noemie Odette Pascal Solange Thierry Alonso Beatriz Cristobal
Dolores Esteban Fermin Graciela Ignacio Joaquin Lourdes Mercedes Nicanor Paloma Ramiro Soledad Teodoro Ximena Aldo
Benedetta Cosimo Donatella Ettore Fiorella Gennaro Ilaria Lorenzo Ornella Raffaele Bogdan Czeslaw Danuta Halina
Jadwiga Kazimierz Ludwika Miroslaw Stanislaw Wanda Zbigniew Agneta Birgitta Dagny Folke Gunnar Haakon Ragnhild
Sigrid Torbjorn Ulrika Ahti Eero Kyllikki Baris Ceren Deniz Esin Aditya Bhavna Chandra Devika Girish Ishaan Jyoti
Karthik Manisha Nandini Rohan Sushma Uday Yash Abdulaziz Bushra Dalia Faisal Hanan Jamila Karim Leila Marwan Nabila
Rashid Salma Chih-ming Hsiao Jiahao Lijuan Ayaka Daisuke Emiko Haruto Kazuki Misaki Shinji Abiodun Chidi Folake
Ifeoma Kwame Nneka Olumide Temitope
"""
FAMILIES, GIVEN = tuple(_FAMILIES.split()), tuple(_GIVEN.split())
