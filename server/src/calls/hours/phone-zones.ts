/**
 * Time zones of the area codes in countries that have several zones, by number prefix (E.164 without the plus). From
 * the time zone map of libphonenumber (Apache License 2.0), without mobile prefixes that say nothing about the place.
 */
export const zonesByPrefix: readonly (readonly [zones: string, prefixes: string])[] = [
  [
    'America/New_York',
    `1201 1202 1203 1207 1212 1215 1216 1220 1223 1227 1229 1231 1234 1239 1240 1248 1252 1260 1267 1269 1272
      1276 1283 1301 1302 1304 1305 1313 1315 1317 1321 1324 1326 1329 1330 1332 1336 1339 1347 1351 1352 1363
      1364 1380 1386 1401 1404 1407 1410 1412 1413 1419 1434 1440 1443 1445 1448 1463 1470 1472 1475 1478 1484
      1502 1508 1513 1516 1517 1518 1540 1551 1561 1567 1570 1571 1582 1585 1586 1603 1607 1609 1610 1614 1616
      1617 1631 1640 1645 1646 1656 1667 1678 1680 1681 1686 1703 1704 1706 1716 1717 1718 1724 1727 1728 1732
      1734 1740 1743 1754 1757 1762 1765 1770 1771 1772 1774 1781 1786 1802 1803 1804 1810 1813 1814 1821 1826
      1828 1835 1838 1839 1843 1845 1848 1854 1856 1857 1859 1860 1862 1863 1864 1865 1878 1904 1908 1910 1912
      1914 1917 1919 1929 1930 1934 1937 1941 1943 1947 1948 1954 1959 1973 1978 1980 1984 1989`,
  ],
  [
    'America/Chicago',
    `1205 1210 1214 1217 1218 1224 1225 1228 1235 1251 1254 1256 1262 1274 1281 1309 1312 1314 1316 1318 1319
      1320 1325 1327 1331 1334 1337 1346 1353 1361 1402 1405 1409 1414 1417 1430 1432 1447 1464 1469 1479 1501
      1504 1507 1512 1515 1531 1534 1539 1557 1563 1572 1573 1580 1601 1608 1612 1615 1618 1629 1630 1636 1641
      1651 1659 1660 1662 1682 1689 1708 1712 1713 1715 1726 1730 1731 1737 1763 1769 1773 1779 1806 1815 1816
      1817 1830 1832 1847 1870 1872 1901 1903 1913 1918 1920 1931 1936 1938 1940 1945 1952 1956 1972 1975 1979
      1985`,
  ],
  [
    'America/Sao_Paulo',
    `5510 5511 5512 5513 5514 5515 5516 5517 5518 5519 5520 5521 5522 5523 5524 5525 5526 5527 5528 5529 5530
      5531 5532 5533 5534 5535 5536 5537 5538 5539 5540 5541 5542 5543 5544 5545 5546 5547 5548 5549 5550 5551
      5553 5554 5561 5562 5563 5564 5570 5571 5572 5573 5574 5575 5576 5577 5578 5579 5580 5582 5583 5584 5585
      5586 5587 5588 5589`,
  ],
  [
    'America/Los_Angeles',
    `1206 1209 1213 1253 1279 1310 1323 1341 1350 1360 1369 1408 1415 1424 1425 1442 1458 1503 1509 1510 1530
      1559 1562 1564 1619 1626 1628 1650 1657 1661 1669 1702 1707 1714 1725 1738 1747 1760 1805 1818 1820 1831
      1840 1858 1909 1916 1925 1949 1951 1971`,
  ],
  [
    'America/Toronto',
    `1226 1249 1263 1289 1343 1354 1365 1367 1382 1416 1437 1438 1450 1468 1514 1519 1548 1579 1581 1613 1647
      1683 1705 1742 1753 1819 1873 1905 1942`,
  ],
  [
    'America/Mazatlan',
    `52311 52319 52323 52324 52325 52327 52389 52612 52613 52614 52615 5262 5263 5264 52651 52652 52653 52657
      52659 52660 52662 52667 52668 52669 52672 52673 52687 5269`,
  ],
  [
    'Asia/Jakarta',
    `622 6231 6232 6233 6234 6235 62513 62515 62519 62522 62525 62528 6253 6256 626 627 62920 62958 62963
      62979`,
  ],
  ['America/Mexico_City', '522 523 524 525 52618 52663 52671 52674 52675 52676 52677 527 528 529'],
  ['America/Denver', '1303 1307 1385 1406 1435 1505 1575 1719 1720 1748 1801 1915 1970 1983'],
  ['Asia/Jayapura', '6290 6291 6292 62951 62955 62956 62957 62962 62966 62967 62969 62971 62975 6298'],
  ['Asia/Makassar', '6236 6237 6238 624 62511 62512 62517 62518 62526 62527 6254 6255'],
  ['America/Manaus America/Sao_Paulo', '5555 5567 5569 5590 5591 5592 5593 5594 5596 5598 5599'],
  ['America/Chicago America/New_York', '1219 1270 1423 1574 1606 1812 1850 1906'],
  ['America/Tijuana', '52616 52646 52658 52661 52664 52665 52686'],
  ['Asia/Jakarta Asia/Makassar', '62007 621 62379 62458 62516 62539'],
  ['Asia/Krasnoyarsk', '7384 7385 7388 7390 7391 7394'],
  ['America/Vancouver', '1236 1257 1604 1672 1778'],
  ['America/Edmonton', '1368 1403 1587 1780 1825'],
  ['Europe/Moscow', '7841 7843 7844 7845 7847'],
  ['America/Matamoros', '52867 52877 52878 52894 52899'],
  ['Australia/Sydney', '611 612 613 617'],
  ['America/Winnipeg', '1204 1431 1474 1584'],
  ['America/Halifax', '1428 1506 1782 1902'],
  ['America/Phoenix', '1480 1520 1602 1623'],
  ['America/Manaus', '5565 5566 5595 5597'],
  ['Europe/Samara', '7341 7842 7846 7848'],
  ['America/Cancun', '52983 52984 52987 52998'],
  ['America/Chicago America/Denver', '1308 1620 1785'],
  ['Asia/Yakutsk', '7302 7411 7416'],
  ['Asia/Vladivostok', '7421 7423 7426'],
  ['America/Boise America/Denver America/Los_Angeles', '1208 1775'],
  ['America/Regina', '1306 1639'],
  ['America/Chicago America/Denver America/North_Dakota/Center', '1605 1701'],
  ['America/Puerto_Rico', '1787 1939'],
  ['Asia/Irkutsk', '7301 7395'],
  ['Asia/Novosibirsk', '7382 7383'],
  ['Asia/Jakarta Asia/Jayapura', '62915 62952'],
  ['Australia/Darwin', '618'],
  ['America/Edmonton America/Vancouver', '1250'],
  ['America/Halifax America/Toronto', '1418'],
  ['America/Denver America/Los_Angeles', '1541'],
  ['America/Halifax America/Puerto_Rico America/St_Johns', '1709'],
  ['America/Toronto America/Winnipeg', '1807'],
  ['Pacific/Honolulu', '1808'],
  ['America/Edmonton America/Fort_Nelson America/Toronto America/Vancouver America/Winnipeg', '1867'],
  ['America/Puerto_Rico America/St_Johns', '1879'],
  ['America/Adak America/Anchorage America/Juneau Pacific/Honolulu', '1907'],
  ['America/Denver America/Phoenix', '1928'],
  ['America/Boise America/Los_Angeles', '1986'],
  ['America/Rio_Branco', '5568'],
  ['America/Noronha America/Sao_Paulo', '5581'],
  ['Asia/Omsk', '7381'],
  ['Asia/Magadan', '7413'],
  ['Asia/Kamchatka', '7415'],
  ['Asia/Sakhalin', '7424'],
  ['Asia/Anadyr', '7427'],
  ['America/Mexico_City America/Tijuana', '52200'],
  ['America/Mexico_City America/New_York', '52201'],
  ['America/Ojinaga', '52626'],
  ['America/Mazatlan America/Mexico_City', '52649'],
  ['America/Ciudad_Juarez', '52656'],
  ['Asia/Jayapura Asia/Makassar', '62403'],
];
