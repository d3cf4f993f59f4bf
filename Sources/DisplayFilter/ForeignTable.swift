/// Names that tshark 4.0 has and Wharf does not fill; `tshark -G protocols` and `tshark -G fields` list them.
enum ForeignTable {
    /// What the names of the fields of protocols begin with that Wharf does not read.
    static let protocols: Set<Substring> = Set(protocolNames.split { $0 == " " || $0 == "\n" })

    /// Fields of protocols that Wharf reads, in rows of what they begin with and what follows.
    static let fields: Set<String> = {
        var names: Set<String> = []
        for group in fieldNames.split(separator: ";") {
            let words = group.split { $0 == " " || $0 == "\n" }
            guard let first = words.first else { continue }
            for word in words.dropFirst() { names.insert("\(first).\(word)") }
        }
        return names
    }()

    private static let protocolNames = """
        29west 2dparityfec 3comxns 3gpp 5co-legacy 5co_legacy 5gli 6lowpan 9p AddGrpC HI2Operations HI2operations
        NokiaMAP NokiaMAP-Extensions a11 a21 a615a aaf aal1 aal2 aal3_4 aarp aasp acap acdr acf acf-can acf-lin acn
        acp133 acr122 acse actrace adb adb_cs adb_service adp adwin adwin_config aeron afp afs agentx aim aim_admin
        aim_adverts aim_bos aim_buddylist aim_chat aim_chatnav aim_dir aim_email aim_generic aim_icq aim_invitation
        aim_location aim_lookup aim_messaging aim_popup aim_signon aim_ssi aim_sst aim_stats aim_translate ain aj ajns
        ajp13 alc alcap alljoyn alt_beacon amf amp amqp amr amr_wb ams amt ancp ans ansi_637 ansi_637_tele
        ansi_637_trans ansi_683 ansi_801 ansi_a ansi_a_bsmap ansi_a_dtap ansi_isup ansi_map ansi_tcap aodv aoe aol
        ap1394 applemidi aprs aptx ar_drone arcnet ardp armagetronad artemis artnet aruba_erm aruba_erm_type0
        aruba_erm_type1 aruba_erm_type2 aruba_erm_type3 aruba_erm_type4 aruba_erm_type5 aruba_erm_type6 aruba_iap asap
        ascend asf asp asphodel asterix at atcvs ath atldf atm atmarp atmtcp atn atn-cm atn-cpdlc atn-ulcs atp atsvc
        auto_rp autosar-nm avsp awdl awdl_data ax25 ax25_kiss ax25_nol3 ax4000 ayiya babel bacapp bacnet bacp banana bap
        basicxid bat bat_ase batadv bblog bcp_bpdu bcp_ncp bctp beacon beep bencode ber bfcp bfd bfd_echo bgp bicc
        bicc_mst bitcoin bittorrent bjnp blf blip bluecom bluetooth bmc bmp bofl bootparams bossvr bpdu bpq bpsec bpv7
        brcm-tag brcm_tag brdwlk browser brp bsap bscvlc bssap bssap_le bssap_plus bssgp bsslap bt-dht bt-utp bt3ds
        bta2dp bta2dp_content_protection_header_scms_t btamp btatt btavctp btavdtp btavrcp btbnep btbredr_fhs btbredr_rf
        btcommon btdun btgatt btgnss bthci_acl bthci_cmd bthci_evt bthci_iso bthci_iso_data bthci_sco bthci_vendor
        bthcrp bthfp bthid bthsp btl2cap btle btle_rf btlmp btmcap btmesh btmproxy btpa btpb btrfcomm btsap btsdp btsmp
        btsnoop btspp btvdp btvdp_content_protection_header_scms_t budb bundle butc bvlc bzr c1222 c15 c15hbeat
        calcappprotocol cam camel camv1 can caneth canfd canopen capwap carp cast cattp cba cba_acco_cb cba_acco_cb2
        cba_acco_mgt cba_acco_mgt2 cba_acco_server cba_acco_server2 cba_acco_server_srt cba_acco_sync cba_browse
        cba_browse2 cba_grouperror cba_grouperror_event cba_ldev cba_ldev2 cba_pdev cba_pdev2 cba_pdev_pc
        cba_pdev_pc_event cba_persist cba_persist2 cba_revision_build cba_rtauto cba_rtauto2 cba_state cba_state_event
        cba_sysprop cba_time cbcp cbor cbrs-oids cbrs_oids cbsp ccp ccsds ccsrl cdma2k cdp cdpcp cds_clerkserver
        cds_solicit cdt cemi ceph cesoeth cfdp cflow cfm cfp cgmp chap chargen charging charging_ase chargingase cigi
        cimd cimetrics cip cipcco cipcls cipcm cipio cipio1 cipm cipm3 cipmb cippccc cipsafety cipsafety_bd cipsafety_bt
        cipsafety_ed cipsafety_et cipssupervisor cipsvalidator cl3 cl3dcw clacse classicstun cldap clearcase clip
        clique-rm clique_rm clnp clpres clsp cltp clusapi cmd cmip cmp cmpp cms cnip coap collectd communityid comp_data
        componentstatusprotocol conv cops corosync_totemnet corosync_totemsrp cose cose_params cosine cotp couchbase
        cp2179 cpfi cpha cpm cprpc_server cql credssp crf crmf crtp crtp_cntcp crtp_cs crtp_cudp16 crtp_cudp8 csm_encaps
        csmid csn1 ctdb cups cvf cvspserver cwids daap dap data-l1-events data-text-lines daytime db-lsp db-lsp-disc
        dbus dc dcc dccp dce_update dcerpc dcom dcp-af dcp-etsi dcp-pft dcp-tpl dct2000 ddp ddtp dec_dna dec_stp dect
        denm denmv1 devicenet dhcp dhcpfo dhcpv6 diameter diameter_3gpp dicom dis disp dispatch distcc djiuav dlep dlm3
        dlr dlsw dlt dmp dmx dmx_chan dmx_sip dmx_test dmx_text dnp dnp3 dnsserver docsis docsis_bintrngreq docsis_bpkm
        docsis_cmctrl docsis_cmctrlrsp docsis_cmstatus docsis_cmstatusack docsis_dbcack docsis_dbcreq docsis_dbcrsp
        docsis_dccack docsis_dccreq docsis_dccrsp docsis_dcd docsis_dpd docsis_dpv docsis_dsaack docsis_dsareq
        docsis_dsarsp docsis_dscack docsis_dscreq docsis_dscrsp docsis_dsdreq docsis_dsdrsp docsis_emreq docsis_emrsp
        docsis_init_ranging docsis_intrngreq docsis_map docsis_mdd docsis_mgmt docsis_ncp docsis_ocd docsis_optack
        docsis_optreq docsis_optrsp docsis_plc docsis_rba docsis_regack docsis_regreq docsis_regreqmp docsis_regrsp
        docsis_regrspmp docsis_rngreq docsis_rngrsp docsis_segment docsis_sync docsis_tlv docsis_type29ucd
        docsis_type35ucd docsis_type51ucd docsis_uccreq docsis_uccrsp docsis_ucd docsis_vsif dof dof-tcp dof-udp doip
        dop dpaux dpauxmon dplay dpnet dpnss dpnss_link dpp drb drbd drda drsuapi dsi dsp dsr dsrc dsrc_app dssetup
        dtcp-ip dtls dtp dtps dtpt dtsprovider dtsstime_req dua dvb-ci dvb-s2_bb dvb-s2_gse dvb-s2_modeadapt
        dvb-s2_table dvb_ait dvb_bat dvb_data_mpe dvb_eit dvb_ipdc dvb_nit dvb_sdt dvb_sit dvb_tdt dvb_tot dvmrp dx dxl
        e100 e164 e1ap e212 e2ap eap eapol ebhscr ecat ecat_mailbox ecatf echo ecmp ecp ecp21 ecpri edonkey edp eero efs
        egd ehdlc ehs ehs2 eigrp eiss elasticsearch elcom elf elmi enc enip enrp enttec eobi epl epl_v1 epm epm4 epmd
        epon erf erivdm erldp erspan erspan-marker esio esis esl esp ess etag etch etherip ethertype eti etsi_cat etv
        etv-ddb etv-dii etw evcsn eventlog evrc evrc_legacy evrcb evrcnw evrcnw2k evrcwb evrsr evs exablaze exec exeh
        exported_pdu extrememesh extrememesh_l2upd extrememesh_mch extrememesh_probe extrememesh_ps_arep
        extrememesh_ps_areq extrememesh_ps_bann extrememesh_ps_bred extrememesh_ps_brep extrememesh_ps_breq
        extrememesh_ps_perr extrememesh_ps_prem extrememesh_ps_prep extrememesh_ps_preq extrememesh_ps_prer
        extrememesh_ps_prst extrememesh_ps_srep extrememesh_ps_sreq extrememesh_ps_trace f1ap f5ethtrailer f5fileinfo
        fb_zero fc fc00 fcct fcdns fcels fcfcs fcfzs fcgi fcip fcoe fcoib fcp fcs fcsb3 fcsof fcsp fddi fdp fefd felica
        ff file file-blf file-pcap file-pcapng fileexp find finger fip fix fldb flexnet flexray flip fmp fmp_notify fmtp
        forces fortinet_sso fp fp_hint fp_mux fpp fr fractalgeneratorprotocol frsapi frsrpc frstrans fsrvp ftam ftdi-ft
        ftdi-mpsse ftserver fw1 g723 gadu-gadu gbcs_gbz gbcs_message gbcs_tunnel gcsna gdb gdd gdsdb gdt gearman ged125
        gelf geneve genl geonw gfp gif gift giop giop-coseventcomm giop-cosnaming giop-gias giop-parlay giop-tango git
        glbp glow gluster glusterd glusterfs gmhdr gmr1 gmrp gmtrailer gnutella gnw goose gopher gpef gprs-ns gprscdr
        gquic grebonding grpc gryphon gsm gsm-r-uus1 gsm_a gsm_a_bssmap gsm_a_dtap gsm_abis_om2000 gsm_abis_oml
        gsm_abis_pgsl gsm_abis_rsl gsm_abis_tfp gsm_bsslap gsm_bssmap_le gsm_cbch gsm_cbs gsm_ipa gsm_map gsm_old
        gsm_rlcmac gsm_sim gsm_sms gsm_sms_ud gsm_ss gsm_um gsmtap gsmtap_log gss-api gssapi gsup gtp gtpprime gtpv2
        gvcp gvrp gvsp h1 h221nonstd h223 h223_bitswapped h225 h225_ras h235 h245 h248 h248e h248q1950 h261 h263 h263p
        h264 h265 h282 h283 h323 h450 h460 h501 hart_ip hazelcast hbbak hci_h1 hci_h4 hci_mon hci_usb hclnfsd hcrt hdcp
        hdcp2 hdfs hdfsdata hdmi hicp hip hipercontracer hiqnet hislip hl7 hnbap homeplug homeplug-av homeplug_av hp_erm
        hpext hpfeeds hpna hpsw hpteam hsms hsr hsr_prp_supervision hsrp hsrp2 http http2 http3 hyperscsi hzlcst i1d3
        i2c i2c_data i2c_event iap iapp iax2 ibeacon icall icap icep icl_rpc icp icq idmp idn idp idrp iec104
        iec60870_101 iec60870_104 iec60870_5_103 iec60870_asdu iec61883 ieee1609dot2 ieee1722 ieee17221 ieee1905
        ieee80211 ieee8021ah ieee8021cb ieee802a ifcp igap igmp igrp ilmi ilp image-gif image-jfif imap imf impi inap
        infiniband infiniband_link infiniband_sdp initshutdown interlink ioraw ipaccess ipars ipcomp ipcp ipdc ipdr
        ipdr_samis_type_1 ipdum iperf2 ipfc ipmb ipmi ipmi_session ipnet ipoib ipos ipp ippusb ipsictl ipv6cp ipvs ipx
        ipxmsg ipxrip ipxsap ipxwan irc ircomm iremotewinspool irlap irlmp isakmp iscsi isdn isdn-sup isdn_sup iser isi
        isis isl ismacryp ismacryp_v11 ismacryp_v20 ismp isns iso10681 iso14443 iso15765 iso7816 iso8583 isobus isup
        isystemactivator itdm its itsv1 itunes iua iuup ivi iwarp_ddp iwarp_ddp_rdmap iwarp_mpa iwarp_rdma ixiatrailer
        ixveriwave j1939 jdwp jmirror jpeg json json_3gpp juniper jxta k12 kadm5 kafka kcs kdp kdsp kerberos kf kif
        kingfisher kink kip kismet klm knet knxip kpasswd krb4 krb5 krb5rpc kt l2tp lacp lane lanforge lanman lapb
        lapbether lapd lapdm laplink lapsat lat lbmc lbmpdm lbmpdm_tcp lbmr lbmsrs lbtrm lbtru lbttcp lcp lcsap lct ldac
        ldap ldp ldss lg8979 lge_monitor li5g lin link16 linx linxtcp lisp lisp-data lisp-tcp list lithionics_bms lix2
        llap llb llcgprs lldp llrp llt lltd lmi lmp lnet lnpdqp locamation-im log log3gpp logcat logcat_text
        logotypecertextn lon loop loratap lorawan lpd lpp lppa lppe lr lsarpc lsc lsd lte-rrc lte_rrc ltp lustre lwapp
        lwapp-cntl lwapp-l3 lwl4 lwm lwm2mtlv lwres m2ap m2m m2pa m2tp m2ua m3ap m3ua maap mac mac-lte mac-lte-framed
        mac-nr macc macsec mactelnet magic mailslot manolito mapi marc mariadb marker mate mausb mbim mbrtu mbtcp mbudp
        mc-nmf mcc mcp mcpe mdp mdshdr mdssvc media megaco memcache mesh message-http message_analyzer messenger meta
        metamako mgcp mgmt mifare mih mikey mime_dlt mime_multipart mint mint_data miop mip mip6 mipv6 misc mka mle mms
        mmse mndp modbus mojito moldudp moldudp64 mongo mount mp mp2t mp4 mp4v-es mp4ves mpeg mpeg-audio mpeg-pes
        mpeg-video mpeg1 mpeg_ca mpeg_descr mpeg_dsmcc mpeg_pat mpeg_pmt mpeg_sect mpls-echo mpls_echo mpls_mac mpls_pm
        mpls_psc mpls_y1711 mplscp mplspmdlm mplspmdlmdm mplspmdm mplspmilm mplspmilmdm mplspwatm11_or_aal5pdu
        mplspwatmaal5sdu mplspwatmcell mplspwatmcellheader mplspwatmcontrolword mplspwatmn1cw mplspwatmn1nocw mplstp_fm
        mplstp_lock mplstp_oam mq mqpcf mqtt mqttsn mrcpv2 mrdisc mrp-mmrp mrp-msrp mrp-mvrp ms-nns mscldap mscml msdp
        msgpack msmms msnip msnlb msnms msproxy msrcp msrp mstp mswsp mtp2 mtp3 mtp3mg mudurl mux27010 mysql nan nano
        nas-5gs nas-eps nas_5gs nas_eps nasdaq-itch nasdaq-soup nasdaq_itch nasdaq_soup nat-pmp nb_rtpmux nbap nbd nbdgm
        nbifom nbipx nbns nbp nbss ncp ncs ncsi ndmp ndp ndps nds negoex net_dm netanalyzer netbios netdfs netdump
        netlink netlink-netfilter netlink-route netlink-sock_diag netlogon netmon_802_11 netmon_event netmon_filter
        netmon_header netmon_network_info netmon_process netmon_system_config netmon_system_trace netperfmeter netrix
        netrom netsync nettl newmail nfapi nflog nfs nfsacl nfsauth ngap nge nhrp nisplus nispluscb nist-csor nist_csor
        njack nl80211 nlm nlsp nmas nmpi nntp noe nordic_ble norm novell_pkis nr nr-rrc nrppa nrup ns ns_cert_exts nsap
        nsh nsip nspi nsrp nstrace nt ntlmssp ntp ntscf nvme nvme-rdma nvme-tcp nw_mtp nw_serial nwmtp nwp
        nxp_802154_sniffer oamaal oampdu obd-ii obdii obex ocfs2 ocp1 ocsp oer oicq oipf olsr omapi omron opa opcua
        openflow openflow_1_0 openflow_v1 openflow_v4 openflow_v5 openflow_v6 opensafety opensafety_udp openthread
        openvpn openwire opsi optommp opus oran_fh_cus osc oscore osi osinlcp osmo_trx osmo_trxc osmo_trxd osmux ospf
        ossp ouch owamp oxid p1 p22 p3 p7 p772 p_mul packetbb packetcable_avps packetlogger pagp paltalk pana pap papi
        pathport pbadv pcap pcap_pktdata pcapng pcep pcli pcli12 pcli20 pcli8 pcnfsd pcomascii pcombinary pcomtcp pcp
        pdc pdcp-lte pdcp-nr pdu_transport peap peekremote per pfcp pflog pflog-old pgm pgsql pim pingpongprotocol
        pkcs-1 pkcs10 pkcs12 pkinit pkix-cert pkix1explicit pkix1implicit pkixac pkixproxy pkixqualified pkixtsp pkt_ccc
        pktap pktc pktgen pmproxy pn pn532 pn532_hci pn_dcp pn_io pn_io_apdu_status pn_io_controller pn_io_device
        pn_io_implicitar pn_io_parameterserver pn_io_supervisor pn_io_time_aware_status pn_mrp pn_mrrt pn_ptcp pn_rsi
        pn_rt png pnp pnrp poc-settings pop portcontrol portmap ppcap ppi ppi_antenna ppi_gps ppi_sensor ppi_vector
        ppp_hdlc pppmux pppmuxcp pppoe pppoed pptp prap pres presence prism protobuf protobuf_json provideclassinfo
        provisioning proxy prp psample ptp ptpip pulse pvfs pw pw_hdlc pw_hdlc_nocw_fr pw_hdlc_nocw_hdlc_ppp pw_oam
        pwach pwcesopsn pweth pwethcw pwethheuristic pwethnocw pwfr pwmcw pwsatop pwsatopcw q2931 q708 q931 q932 q933
        qllc qnet6 qos qsig quake quake2 quake3 quakeworld quic r-goose r-stp r09 r3 r3_cpuregisters_intcon2_int3ip
        r3_cpuregisters_intcon2_intedg0 r3_cpuregisters_intcon2_intedg1 r3_cpuregisters_intcon2_intedg2
        r3_cpuregisters_intcon2_intedg3 r3_cpuregisters_intcon2_rbip r3_cpuregisters_intcon2_rbpu
        r3_cpuregisters_intcon2_tmr0ip radiotap radius raknet ranap raw raw_sigcomp raw_sip rbm rdaclif rdc rdm rdmnet
        rdp rdp_drdynvc rdp_egfx rdpmt rdpudp rdpudp2 rdt realtek redback redbackli reginfo reload reload-framing
        reload_framing remact remunk remunk2 rep rep_proc resp rfc2190 rfc7468 rfr rftap rgmp rgoose riemann rip ripng
        rlc rlc-lte rlc-nr rldp rlm rlogin rmcp rmi rmp rmt-fec rmt-lct rnsap rohc roofnet roon_disco ros roverride rpc
        rpc_browser rpc_netlogon rpcap rpcordma rpki-rtr rpkirtr rpl rpriv rquota rras rrc rrcp rrlp rs_acct rs_attr
        rs_attr_schema rs_bind rs_misc rs_pgo rs_plcy rs_prop_acct rs_prop_acl rs_prop_attr rs_prop_pgo rs_prop_plcy
        rs_pwd_mgmt rs_repadm rs_replist rs_repmgr rs_unix rsec_login rsh rsip rsp rss rstat rsvd rsvp rsvp-e2ei rsync
        rtacser rtcdc rtcfg rtcp rtitcp rtls rtmac rtmp rtmpt rtp rtp_rfc2198 rtpevent rtpmidi rtpproxy rtps rtpsproc
        rtpsvt rtse rtsp rua rudp rwall rx s101 s1ap s4607 s5066dts s5066sis s7comm sabp sadmind sametime samr sap sasp
        sbc sbc-ap sbc_ap sbcap sbus sccp sccpmg scop scsi scsi_mmc scsi_osd scsi_osd2 scsi_sbc scsi_smc scsi_ssc scte35
        scte35_private_command scte35_si scte35_splice_schedule scte35_time sctp scylla sdap sdh sdlc sdp sebek secidmap
        selfm serialization ses sflow sflow_245 sflow_5 sftp sgimount sgsap shicp shim6 sigcomp signal_pdu siii simple
        simulcrypt sip sipfrag sir sita skinny skype slarp slimp3 slow slsk sm smb smb2 smb_direct smb_netlogon smb_pipe
        smc smil sml smp smpp smrse smtp smux sna sna_xid snaeth sndcp sndcpxid snmp snort socks solaredge someip
        someipsd soupbintcp sparkplugb spdy spice spnego spnego-krb5 spoolss spp spray sprt spx srp srt srtcp srtp
        srvloc srvsvc sscf-nni sscop ssdp ssh ssp sss sstp ssyncp starteam stat statnotify stcsig steam_ihs_discovery
        stp stt stun sua sv svcctl swils swipe symantec sync synergy synphasor syscall sysdig sysex sysex_digitech
        syslog systemd_journal t124 t125 t30 t38 tacacs tacplus tali tapa tapi taskschedulerservice tc_nv tcap
        tcg-cp-oids tcg_cp_oids tcpcl tcpcl_exts tcpencap tcpros tdma tdma-v1 tdmoe tdmop tds teap tecmp tei
        tei_management teklink telkonet telnet teredo tetra tfp tftp thread thread_address thread_bcn thread_coap
        thread_diagnostic thread_meshcop thread_nwd thrift tibia tiff time tipc tipcv2 tistpg tivoconnect tkn4int tmode
        tn3270 tn5250 tnef tns tpcp tpkt tplink-smarthome tplink_smarthome tpm tpncp tr transum trill trksvr trmac ts2
        tscf tsdns tsp ttag tte tte_pcf ttp turbocell turbocell_aggregate turnchannel tuxedo twamp typeinfo tzsp u3v ua
        ua3g uasip uasp uaudp uavcan_can uavcan_dsdl ubdp ubertooth ubikdisk ubikvote ucp udld udpcp udpencap udplite
        uds udt uftp uftp4 uftp5 uhd ulp uma unistim urlencoded-form usb usb_dfu usbaudio usbccid usbcom usbdfu usbhid
        usbhub usbip usbll usbms usbmsclass usbport usbprinter usbvideo user_dlt userlog uts v120 v150fw v52 v5dl v5ef
        v5ua vcdu vdp21 vicp vines vines_arp vines_echo vines_frp vines_icp vines_ip vines_ipc vines_llc vines_rtp
        vines_spp vjc vmlab vnc vntag vp8 vpp vpp-metadata vpp-opaque vpp-opaque2 vpp-trace vrrp vrt vsip vsncp vsnp
        vsock vssmonitoring vtp vuze-dht vxi11_async vxi11_core vxi11_intr vxlan vxlan_gpe wai wap wap-sir wassp
        watcherinfo waveagent wbxml wccp wcp websocket wfleet_hdlc wg whdlc who whois wifi_display wifi_p2p wimax
        wimaxasncp wimaxmacphy winreg winsrepl wisun witness wkssvc wlan wlan_aggregate wlan_centrino wlan_ext
        wlan_radio wlan_radio_11ac wlan_rsna_eapol wlancap wlancertextn wlccp wmx wol wow woww wpan wpan-nonask-phy
        wpan-tap wpan-zboss wps wreth wsmp wsp wtls wtp wzcsvc x11 x213 x25 x29 x2ap x509af x509ce x509if x509sat
        xcap-caps xcap-error xcsl xdmcp xip xip_serval xipserval xiri xmcp xml xmpp xnap xot xra xti xtp xyplex yami
        yhoo ymsg ypbind yppasswd ypserv ypxfr z3950 zbee zbee_apf zbee_aps zbee_beacon zbee_ie zbee_nwk zbee_nwk_gp
        zbee_sec zbee_zcl zbee_zcl_closures zbee_zcl_general zbee_zcl_ha zbee_zcl_hvac zbee_zcl_ias zbee_zcl_lighting
        zbee_zcl_meas_sensing zbee_zcl_sas zbee_zcl_se zbee_zdp zbip_beacon zbncp zebra zep ziop zip zrtp zvt
        """

    private static let fieldNames = """
        _ws ftypes ftypes.abs_time ftypes.ax25 ftypes.boolean ftypes.bytes ftypes.char ftypes.double ftypes.ether
        ftypes.eui64 ftypes.float ftypes.framenum ftypes.guid ftypes.ieee_11073_float ftypes.ieee_11073_sfloat
        ftypes.int16 ftypes.int24 ftypes.int32 ftypes.int40 ftypes.int48 ftypes.int56 ftypes.int64 ftypes.int8
        ftypes.ipv4 ftypes.ipv6 ftypes.ipxnet ftypes.none ftypes.oid ftypes.protocol ftypes.rel_oid ftypes.rel_time
        ftypes.string ftypes.stringz ftypes.stringzpad ftypes.stringztrunc ftypes.system_id ftypes.uint16 ftypes.uint24
        ftypes.uint32 ftypes.uint40 ftypes.uint48 ftypes.uint56 ftypes.uint64 ftypes.uint8 ftypes.uint_bytes
        ftypes.uint_string ftypes.vines lua lua.error lua.fake lua.proto.chat lua.proto.comment lua.proto.error
        lua.proto.note lua.proto.warning lua.text malformed.dissector_bug malformed.reassembly
        number_string.decoding_error number_string.decoding_error.erange number_string.decoding_error.failed string
        type_length type_length.mismatch unreassembled unreassembled.expert wscbor wscbor.array_wrong_size
        wscbor.cbor_invalid wscbor.cbor_overflow wscbor.cbor_wrong_type wscbor.indef_string;
        arp dst.atm_num_e164 dst.atm_num_nsap dst.atm_subaddr dst.hlen dst.htype dst.hw_ax25 dst.pln dst.slen dst.stype
        packet-storm-detected src.atm_afi src.atm_afi.unknown src.atm_data_country_code src.atm_data_country_code_group
        src.atm_e.164_isdn src.atm_e.164_isdn_group src.atm_end_system_identifier src.atm_high_order_dsp
        src.atm_international_code_designator src.atm_international_code_designator_group src.atm_num_e164
        src.atm_num_nsap src.atm_rest_of_address src.atm_selector src.atm_subaddr src.hlen src.htype src.hw_ax25 src.pln
        src.slen src.stype;
        ber 64bit_uint_as_bytes arbitrary bitstring.empty choice_eoc data_value_descriptor direct_reference encoding
        encoding_boiler_plate error.bits_set_padded error.bits_unknown error.choice_not_found error.constr_bitstr.len
        error.empty_choice error.expected.bitstring error.expected.generalized_time error.expected.null
        error.expected.null_zero_length error.expected.object_identifier error.expected.octet_string
        error.expected.sequence error.expected.set error.expected.string error.expected.utc_time
        error.hf_field_not_integer_type error.illegal_padding error.invalid_format.generalized_time
        error.invalid_format.utctime error.length error.missing_field.set error.no_oid error.not_primitive.real
        error.oid_not_implemented error.sequence.field_wrong error.syntax_not_implemented error.universal_tag_unknown
        error.unknown_field.sequence error.unknown_field.set error.value_too_many_bytes error.wrong_tag_in_tagged_type
        extra_data id.class id.pc id.tag id.uni_tag indirect_reference length length_octets null_tag octet_aligned
        octet_string.fragment octet_string.fragment.count octet_string.fragment.error
        octet_string.fragment.multiple_tails octet_string.fragment.overlap octet_string.fragment.overlap.conflicts
        octet_string.fragment.too_long_fragment octet_string.fragments octet_string.reassembled.in
        octet_string.reassembled.length seq_eoc seq_field_eoc seq_of_eoc set_eoc set_field_eoc single_ASN1_type
        size_constraint.items size_constraint.string size_constraint.value unknown.BITSTRING unknown.BMPString
        unknown.BOOLEAN unknown.ENUMERATED unknown.GRAPHICSTRING unknown.GeneralString unknown.GeneralizedTime
        unknown.IA5String unknown.INTEGER unknown.NumericString unknown.OCTETSTRING unknown.OID unknown.PrintableString
        unknown.REAL unknown.TeletexString unknown.UTCTime unknown.UTF8String unknown.UniversalString
        unknown.VisibleString unknown.primitive unknown.relative_OID unknown_data unknown_octetstring;
        chdlc clns_padding;
        data md5_hash text uncompressed.data uncompressed.len;
        dns depr.opc key_id_buffer_too_short loc.unknown_data response_in rr.opt.bad_length;
        eth addr.oui_resolved dst.oui_resolved fcs_bad src.oui_resolved;
        frame bblog bblog.serial_nr bblog.ticks cb_copy cb_pen coloring_rule.name coloring_rule.string file_off
        incomplete link_nr md5_hash pcaplog.data pcaplog.data_length pcaplog.data_type ref_time time_invalid verdict
        verdict.ebpf_tc verdict.ebpf_xdp verdict.hw verdict.unknown;
        gre 3gpp2_attrib 3gpp2_attrib_id 3gpp2_attrib_length 3gpp2_di 3gpp2_fci 3gpp2_sdi ack_number checksum
        checksum.incorrect checksum.status flags.ack flags.recursion_control flags.reserved flags.strict_source_route
        ggp2_3gpp2_seg ggp2_flow_disc key key.call_id key.payload_length offset routing routing.address_family
        routing.information routing.src_length routing.sre_offset sequence_number wccp.alternative_bucket
        wccp.alternative_bucket_used wccp.dynamic_service wccp.primary_bucket wccp.redirect_header
        wccp.redirect_header_valid wccp.service_id;
        icmp mip.content mpls.data no_resp resp_in resp_not_found;
        icmpv6 6lowpannd.da.eui64 6lowpannd.da.lifetime 6lowpannd.da.reg_addr 6lowpannd.da.rsv 6lowpannd.da.status
        fmip6.hi.flag fmip6.hi.flag.a fmip6.hi.flag.reserved fmip6.hi.flag.s fmip6.identifier fmip6.subtype
        ilnp.nb_lifetime ilnp.nb_locator ilnp.nb_locs ilnp.nb_preference mip6.flag mip6.flag.m mip6.flag.o mip6.flag.rsv
        mip6.home_agent_address mip6.identifier mpl.seed_info.bm_len mpl.seed_info.min_sequence mpl.seed_info.s
        mpl.seed_info.seed_id mpl.seed_info.sequence ni.flag ni.flag.a ni.flag.c ni.flag.g ni.flag.l ni.flag.rsv
        ni.flag.s ni.flag.t ni.nonce ni.qtype ni.query.subject_fqdn ni.query.subject_ipv4 ni.query.subject_ipv6
        ni.reply.ipv4_address ni.reply.node_address ni.reply.node_name ni.reply.node_ttl no_resp nonce opt.6cio.flag_g
        opt.6cio.unassigned1 opt.6cio.unassigned2 opt.6co.context_length opt.6co.context_prefix opt.6co.flag
        opt.6co.flag.c opt.6co.flag.cid opt.6co.flag.reserved opt.6co.valid_lifetime opt.abro.6lbr_address
        opt.abro.valid_lifetime opt.abro.version_high opt.abro.version_low opt.aro.eui64 opt.aro.registration_lifetime
        opt.aro.status opt.certificate_padding opt.cga opt.cga.count opt.cga.ext_data opt.cga.ext_length
        opt.cga.ext_type opt.cga.modifier opt.cga.pad_length opt.cga.subject_public_key_info opt.cga.subnet_prefix
        opt.digital_signature_padding opt.hai.length opt.hai.option_code opt.hai.value opt.hkr.at
        opt.hkr.encrypted_handover_key opt.hkr.encryption_public_key opt.hkr.lifetime opt.hkr.pad_length opt.hkr.padding
        opt.hkr.reserved opt.ipa.ipv6_address opt.ipa.option_code opt.ipa.prefix_len opt.ipv6_address opt.lla.bytes
        opt.lla.option_code opt.map.distance opt.map.flag opt.map.flag.r opt.map.flag.reserved opt.map.global_address
        opt.map.preference opt.map.valid_lifetime opt.mn.length opt.mn.option_code opt.mn.value opt.naack.option_code
        opt.naack.status opt.naack.supplied_ncoa opt.name_type opt.name_type.fqdn opt.name_x501 opt.nbma.shortcut_limit
        opt.nrpi.option_code opt.nrpi.prefix opt.nrpi.prefix_len opt.ps.key_hash opt.rsa.key_hash resp_in resp_not_found
        rpl.cc.destination_counter rpl.cc.dodagid rpl.cc.flag rpl.cc.flag.r rpl.cc.flag.rsv rpl.cc.instance rpl.cc.nonce
        rpl.dao.dodagid rpl.dao.flag rpl.dao.flag.d rpl.dao.flag.k rpl.dao.flag.rsv rpl.dao.instance rpl.dao.sequence
        rpl.daoack.dodagid rpl.daoack.flag rpl.daoack.flag.d rpl.daoack.flag.rsv rpl.daoack.instance rpl.daoack.sequence
        rpl.daoack.status rpl.dio.dagid rpl.dio.dtsn rpl.dio.flag rpl.dio.flag.0 rpl.dio.flag.g rpl.dio.flag.mop
        rpl.dio.flag.preference rpl.dio.instance rpl.dio.rank rpl.dio.version rpl.dis.flags rpl.opt.config.auth
        rpl.opt.config.def_lifetime rpl.opt.config.flag rpl.opt.config.flag.a rpl.opt.config.flag.r
        rpl.opt.config.flag.rsv rpl.opt.config.interval_double rpl.opt.config.interval_min rpl.opt.config.lifetime_unit
        rpl.opt.config.max_rank_inc rpl.opt.config.min_hop_rank_inc rpl.opt.config.ocp rpl.opt.config.pcs
        rpl.opt.config.redundancy rpl.opt.config.reserved rpl.opt.config.rsv rpl.opt.length
        rpl.opt.metric.etx.object.etx rpl.opt.metric.flag.a rpl.opt.metric.flag.c rpl.opt.metric.flag.o
        rpl.opt.metric.flag.p rpl.opt.metric.flag.r rpl.opt.metric.flags rpl.opt.metric.hp.object
        rpl.opt.metric.hp.object.flags rpl.opt.metric.hp.object.hp rpl.opt.metric.hp.object.reserved
        rpl.opt.metric.lc.object rpl.opt.metric.lc.object.counter rpl.opt.metric.lc.object.flag.i
        rpl.opt.metric.lc.object.lc rpl.opt.metric.lc.object.res rpl.opt.metric.lc.object.reserved rpl.opt.metric.length
        rpl.opt.metric.ll.object.ll rpl.opt.metric.lql.object rpl.opt.metric.lql.object.counter
        rpl.opt.metric.lql.object.res rpl.opt.metric.lql.object.val rpl.opt.metric.lt.object.lt rpl.opt.metric.ne.object
        rpl.opt.metric.ne.object.energy rpl.opt.metric.ne.object.flag.e rpl.opt.metric.ne.object.flag.i
        rpl.opt.metric.ne.object.flags rpl.opt.metric.ne.object.type rpl.opt.metric.nsa.object
        rpl.opt.metric.nsa.object.flag.a rpl.opt.metric.nsa.object.flag.o rpl.opt.metric.nsa.object.flags
        rpl.opt.metric.nsa.object.opttlv.object rpl.opt.metric.nsa.object.opttlv.object.data
        rpl.opt.metric.nsa.object.opttlv.object.length rpl.opt.metric.nsa.object.opttlv.object.type
        rpl.opt.metric.nsa.object.reserved rpl.opt.metric.prec rpl.opt.metric.reserved rpl.opt.metric.type rpl.opt.padn
        rpl.opt.prefix rpl.opt.prefix.flag rpl.opt.prefix.flag.l rpl.opt.prefix.length rpl.opt.prefix.preferred_lifetime
        rpl.opt.prefix.valid_lifetime rpl.opt.reserved rpl.opt.route.flag rpl.opt.route.lifetime rpl.opt.route.pref
        rpl.opt.route.prefix rpl.opt.route.prefix_length rpl.opt.route.reserved rpl.opt.routediscovery.addr_vec
        rpl.opt.routediscovery.addrvec.addr rpl.opt.routediscovery.flag rpl.opt.routediscovery.flag.compr
        rpl.opt.routediscovery.flag.hopbyhop rpl.opt.routediscovery.flag.numofroutes rpl.opt.routediscovery.flag.reply
        rpl.opt.routediscovery.lifetime rpl.opt.routediscovery.maxrank rpl.opt.routediscovery.nh
        rpl.opt.routediscovery.targetaddr rpl.opt.solicited.dodagid rpl.opt.solicited.flag rpl.opt.solicited.flag.d
        rpl.opt.solicited.flag.i rpl.opt.solicited.flag.rsv rpl.opt.solicited.flag.v rpl.opt.solicited.instance
        rpl.opt.solicited.version rpl.opt.target.flag rpl.opt.target.prefix rpl.opt.target.prefix_length
        rpl.opt.targetdesc.descriptor rpl.opt.transit.flag rpl.opt.transit.flag.e rpl.opt.transit.flag.rsv
        rpl.opt.transit.parent rpl.opt.transit.pathctl rpl.opt.transit.pathlifetime rpl.opt.transit.pathseq rpl.opt.type
        rpl.p2p.dro.dagid rpl.p2p.dro.flag rpl.p2p.dro.flag.ack rpl.p2p.dro.flag.reserved rpl.p2p.dro.flag.seq
        rpl.p2p.dro.flag.stop rpl.p2p.dro.instance rpl.p2p.dro.rdo.zero rpl.p2p.dro.version rpl.p2p.dro.zero
        rpl.p2p.droack.flag rpl.p2p.droack.flag.reserved rpl.p2p.droack.flag.seq rpl.p2p.hop_by_hop
        rpl.p2p.num_of_routes rpl.secure.algorithm rpl.secure.counter rpl.secure.flag rpl.secure.flag.rsv
        rpl.secure.flag.t rpl.secure.key.index rpl.secure.key.source rpl.secure.kim rpl.secure.lvl rpl.secure.rsv
        rpl.unknown.metric rr.flag rr.flag.a rr.flag.p rr.flag.r rr.flag.rsv rr.flag.s rr.flag.t rr.maxdelay rr.pco.mp
        rr.pco.mp.matchedlen.gt128 rr.pco.mp.matchlen rr.pco.mp.matchlen.gt128 rr.pco.mp.matchprefix rr.pco.mp.maxlen
        rr.pco.mp.minlen rr.pco.mp.opcode rr.pco.mp.oplength rr.pco.mp.ordinal rr.pco.up rr.pco.up.flag rr.pco.up.flag.p
        rr.pco.up.flag.reserved rr.pco.up.flag.v rr.pco.up.flagmask rr.pco.up.flagmask.a rr.pco.up.flagmask.l
        rr.pco.up.flagmask.reserved rr.pco.up.keeplen rr.pco.up.preferredlifetime rr.pco.up.raflags rr.pco.up.uselen
        rr.pco.up.useprefix rr.pco.up.validlifetime rr.rm rr.rm.flag rr.rm.flag.b rr.rm.flag.f rr.rm.flag.reserved
        rr.rm.interfaceindex rr.rm.matchedlen rr.rm.matchedprefix rr.rm.ordinal rr.segment_number rr.sequence_number
        send.all_components send.component send.identifier undecoded.rpl_option unknown_data unknown_data.expert
        x509_Certificate x509_Name;
        ip checksum_bad.expert checksum_calculated cipso.categories cipso.doi cipso.malformed cipso.sensitivity_level
        cipso.tag_data cipso.tag_type evil_packet flags.sf fragment.error fragment.multipletails fragment.overlap
        fragment.overlap.conflict fragment.toolongfragment geoip.asnum geoip.city geoip.country geoip.country_iso
        geoip.dst_asnum geoip.dst_city geoip.dst_country geoip.dst_country_iso geoip.dst_lat geoip.dst_lon geoip.dst_org
        geoip.dst_summary geoip.lat geoip.lon geoip.org geoip.src_asnum geoip.src_city geoip.src_country
        geoip.src_country_iso geoip.src_lat geoip.src_lon geoip.src_org geoip.src_summary opt.ext_sec_add_sec_info
        opt.ext_sec_add_sec_info_format_code opt.len.invalid opt.padding opt.ptr.before_address opt.ptr.middle_address
        opt.qs_unused opt.sec_cl opt.sec_prot_auth_doe opt.sec_prot_auth_flags opt.sec_prot_auth_fti
        opt.sec_prot_auth_genser opt.sec_prot_auth_nsa opt.sec_prot_auth_sci opt.sec_prot_auth_siop_esi
        opt.sec_prot_auth_unassigned options.cipso options.eol options.ext_security options.mtu_probe options.mtu_reply
        options.nop options.qs options.record_route options.route options.routeralert options.sdb options.security
        options.sid options.source_route options.timestamp options.traceroute reassembled_in subopt_too_long tos
        tos.cost tos.delay tos.precedence tos.reliability tos.throughput;
        ipv6 6to4_gw_ipv4 6to4_sla_id dst_6to4_gw_ipv4 dst_6to4_sla_id dst_addr.not_multicast dst_embed_ipv4
        dst_isatap_ipv4 dst_slaac_mac dst_tc_ipv4 dst_tc_port dst_ts_ipv4 embed_ipv4 embed_ipv4.u.nonzero
        embed_ipv4_prefix embed_ipv4_suffix embed_ipv4_u fragment.error fragment.multipletails fragment.overlap
        fragment.overlap.conflict fragment.toolongfragment geoip.asnum geoip.city geoip.country geoip.country_iso
        geoip.dst_asnum geoip.dst_city geoip.dst_country geoip.dst_country_iso geoip.dst_lat geoip.dst_lon geoip.dst_org
        geoip.dst_summary geoip.lat geoip.lon geoip.org geoip.src_asnum geoip.src_city geoip.src_country
        geoip.src_country_iso geoip.src_lat geoip.src_lon geoip.src_org geoip.src_summary hopopts.not_first isatap_ipv4
        opt.calipso.checksum opt.calipso.cmpt.length opt.calipso.cmpt_bitmap opt.calipso.doi opt.calipso.sens_level
        opt.deprecated opt.dff.flag.dup opt.dff.flag.ret opt.dff.flag.rsv opt.dff.flag.ver opt.dff.flags
        opt.dff.sequence_number opt.ilnp_nonce opt.ioam.opt_type opt.ioam.rsv opt.ioam.trace.flag.a
        opt.ioam.trace.flag.l opt.ioam.trace.flag.o opt.ioam.trace.flag.rsv opt.ioam.trace.flags
        opt.ioam.trace.free_space opt.ioam.trace.invalid_nodelen opt.ioam.trace.invalid_remlen
        opt.ioam.trace.invalid_type opt.ioam.trace.node.bufoccup opt.ioam.trace.node.csum opt.ioam.trace.node.eif
        opt.ioam.trace.node.eif_wide opt.ioam.trace.node.hlim opt.ioam.trace.node.id opt.ioam.trace.node.id_wide
        opt.ioam.trace.node.iif opt.ioam.trace.node.iif_wide opt.ioam.trace.node.nsdata opt.ioam.trace.node.nsdata_wide
        opt.ioam.trace.node.oss.data opt.ioam.trace.node.oss.len opt.ioam.trace.node.oss.scid opt.ioam.trace.node.qdepth
        opt.ioam.trace.node.trdelay opt.ioam.trace.node.tsf opt.ioam.trace.node.tss opt.ioam.trace.node.undefined
        opt.ioam.trace.nodelen opt.ioam.trace.ns opt.ioam.trace.remlen opt.ioam.trace.rsv opt.ioam.trace.type
        opt.ioam.trace.type.bit0 opt.ioam.trace.type.bit1 opt.ioam.trace.type.bit10 opt.ioam.trace.type.bit11
        opt.ioam.trace.type.bit2 opt.ioam.trace.type.bit22 opt.ioam.trace.type.bit3 opt.ioam.trace.type.bit4
        opt.ioam.trace.type.bit5 opt.ioam.trace.type.bit6 opt.ioam.trace.type.bit7 opt.ioam.trace.type.bit8
        opt.ioam.trace.type.bit9 opt.ioam.trace.type.rsv opt.ioam.trace.type.undef opt.jumbo.fragment opt.jumbo.missing
        opt.lio.length opt.lio.line_id opt.mpl.flag opt.mpl.flag.m opt.mpl.flag.rsv opt.mpl.flag.s opt.mpl.flag.v
        opt.mpl.ipv6_src_seed_id opt.mpl.seed_id opt.mpl.sequence opt.pmtu.min opt.pmtu.r_flag opt.pmtu.rtn opt.qs_func
        opt.qs_nonce opt.qs_rate opt.qs_reserved opt.qs_ttl opt.qs_ttl_diff opt.qs_unused opt.rpl.flag opt.rpl.flag.f
        opt.rpl.flag.o opt.rpl.flag.r opt.rpl.flag.rsv opt.rpl.instance_id opt.rpl.sender_rank opt.smf_dpd.hash_bit
        opt.smf_dpd.hav opt.smf_dpd.ident opt.smf_dpd.tagger_id opt.smf_dpd.tid_len opt.smf_dpd.tid_type
        opt.tpf_information opt.unknown_data.expert opt_unknown_data reassembled.in routing.crh16.current_sid
        routing.crh16.sid routing.crh32.current_sid routing.crh32.sid routing.invalid_length routing.invalid_segleft
        routing.rpl.addr_count routing.rpl.addr_count_ge0 routing.rpl.address routing.rpl.cmprE routing.rpl.cmprI
        routing.rpl.cmprI_cmprE_pad routing.rpl.full_address routing.rpl.pad routing.rpl.reserved
        routing.rpl.reserved_not0 routing.type.crh routing.type.mipv6 routing.type.rt0 routing.type.srh
        routing.undecoded slaac_mac src_6to4_gw_ipv4 src_6to4_sla_id src_embed_ipv4 src_isatap_ipv4
        src_route_list.dst_addr src_route_list.mult_inst_same_addr src_route_list.multicast_addr src_route_list.src_addr
        src_slaac_mac src_tc_ipv4 src_tc_port src_ts_ipv4 tc_ipv4 tc_port ts_ipv4;
        llc apple_atalk_pid apple_awdl_pid bluetooth_pid cimetrics_pid cisco_pid extreme_pid force10_pid foundry_pid
        hpteam_pid iana_pid nortel_pid wlccp_pid;
        mpls invalid_label;
        mptcp ack analysis analysis.subflows connection.echoed_key_mismatch connection.missing_algorithm
        connection.unsupported_algorithm dsn dss.dsn dss.infinite_mapping dss.missing_mapping expected_idsn
        expected_token master rawdsn64 reinjected_in reinjection_of related_mapping stream;
        null type;
        pkcs1 DSA_Params_element DomainParameters_element HashAlgorithm_element KEA_Params_Id Prime_p
        RSASSA_PSS_params_element a b base cofactor curve_element digest digestAlgorithm_element fieldID_element
        fieldType g hashAlgorithm_element j maskGenAlgorithm_element order p parameters_element pgenCounter q r s
        saltLength seed specifiedCurve_element trailerField validationParams_element version;
        ppp bad_checksum code data direction fcs.status fcs_16 fcs_32 identifier kind length magic_number
        opt.len.invalid oui;
        pppoe payload_length.bad;
        pppoes tags tags.credits.bcn tags.credits.fcn;
        tcp checksum.ffff checksum_bad.expert checksum_calculated continuation_to fin_retransmission flags.ace
        options.ccecho options.ccnew options.echoreply options.rvbd.probe.flags.last options.rvbd.probe.flags.notcfe
        options.rvbd.probe.storeid options.rvbd.trpy.client.port options.scps.binding.data options.scps.binding.id
        options.scps.binding.len options.snack.le options.snack.re options.snack.sequence
        options.timestamp.tsval.syncookie.ecn options.timestamp.tsval.syncookie.sack
        options.timestamp.tsval.syncookie.timestamp options.timestamp.tsval.syncookie.wscale pdu.last_frame pdu.time
        proc.dstcmd proc.dstpid proc.dstuid proc.dstuname proc.srccmd proc.srcpid proc.srcuid proc.srcuname
        reassembled_in segment.error segment.multipletails segment.overlap segment.overlap.conflict
        segment.toolongfragment syncookie.hash syncookie.mss syncookie.time;
        tls compress_certificate.compressed_certificate_message
        compress_certificate.compressed_certificate_message.length compress_certificate.uncompressed_length
        decompression_error early_data.max_early_data_size esni.nonce extension.oid_filters.oid
        extension.oid_filters.oid_length extension.oid_filters.values_length extension.oid_filters_length
        handshake.cert_url.padding handshake.cert_url.sha1 handshake.cert_url.url handshake.cert_url.url_hash
        handshake.cert_url.url_hash_len handshake.cert_url.url_len handshake.cert_url_type
        handshake.certificate_request_context handshake.certificate_request_context_length handshake.challenge
        handshake.challenge_length handshake.cipher_spec_len handshake.cipherspec handshake.clear_key_data
        handshake.clear_key_length handshake.connection_id handshake.connection_id_length handshake.cred.pubkey
        handshake.cred.pubkey_len handshake.cred.signature handshake.cred.signature_len handshake.cred.valid_time
        handshake.dnames_truncated handshake.encrypted_key handshake.encrypted_key_length
        handshake.extensions_alps.settings handshake.key_arg handshake.key_arg_length handshake.md5_hash handshake.rc
        handshake.rc_len handshake.reassembled_in handshake.rs handshake.rs_len handshake.session_id_hit
        handshake.session_id_length.error handshake.session_ticket_age_add handshake.session_ticket_nonce
        handshake.session_ticket_nonce_length handshake.sha_hash handshake.status_request.undecoded handshake.vc
        handshake.vc_len handshake.vs handshake.vs_len handshake.xc handshake.xc_len handshake.xs handshake.xs_len
        malformed.buffer_too_small malformed.trailing_data malformed.vector_length quic.len quic.parameter
        quic.parameter.ack_delay_exponent quic.parameter.active_connection_id_limit quic.parameter.cibir_encoding.length
        quic.parameter.cibir_encoding.offset quic.parameter.enable_time_stamp_v2
        quic.parameter.facebook.partial_reliability quic.parameter.google.connection_options
        quic.parameter.google.initial_rtt quic.parameter.google.key_update_not_yet_supported
        quic.parameter.google.quic_params quic.parameter.google.quic_params_unknown_field
        quic.parameter.google.quic_version quic.parameter.google.support_handshake_done
        quic.parameter.google.supported_version quic.parameter.google.supported_versions_length
        quic.parameter.google.user_agent quic.parameter.initial_max_data
        quic.parameter.initial_max_stream_data_bidi_local quic.parameter.initial_max_stream_data_bidi_remote
        quic.parameter.initial_max_stream_data_uni quic.parameter.initial_max_streams_bidi
        quic.parameter.initial_max_streams_uni quic.parameter.initial_source_connection_id quic.parameter.lengt.old
        quic.parameter.length quic.parameter.loss_bits quic.parameter.max_ack_delay
        quic.parameter.max_datagram_frame_size quic.parameter.max_idle_timeout quic.parameter.max_udp_payload_size
        quic.parameter.min_ack_delay quic.parameter.original_destination_connection_id
        quic.parameter.preferred_address.connectionid quic.parameter.preferred_address.connectionid.length
        quic.parameter.preferred_address.ipv4address quic.parameter.preferred_address.ipv4port
        quic.parameter.preferred_address.ipv6address quic.parameter.preferred_address.ipv6port
        quic.parameter.preferred_address.statelessresettoken quic.parameter.retry_source_connection_id
        quic.parameter.stateless_reset_token quic.parameter.type quic.parameter.value quic.parameter.vi.chosen_version
        quic.parameter.vi.other_version reassembled.data reassembled.length reassembled_in record.is_escape
        record.length.invalid record.padding_length segment segment.count segment.data segment.error
        segment.multipletails segment.overlap segment.overlap.conflict segment.toolongfragment segments
        unexpected_message;
        udp checksum.bad checksum_calculated checksum_coverage length.bad_zero pdu.size proc.dstcmd proc.dstpid
        proc.dstuid proc.dstuname proc.srccmd proc.srcpid proc.srcuid proc.srcuname;
        vlan cfi id_name too_many_tags;
        x509af ACPathData_element AttributeCertificate_element AttributeType Attribute_element CertificateList_element
        CertificatePair_element Certificate_element CrossCertificates DSS_Params_element SubjectPublicKeyInfo_element
        Userid acPath algorithmId attCertValidity attCertValidityPeriod_element attType attributeCertificate_element
        attributes baseCertificateID_element certificate_element certificationPath crlEntryExtensions crlExtensions
        extnId extnValue g generalizedTime issuedByThisCA_element issuedToThisCA_element issuerUID issuerUniqueID
        issuerUniqueIdentifier nextUpdate notAfterTime notBeforeTime p parameters_element q revocationDate
        revokedCertificates revokedCertificates_item_element serial signedAttributeCertificateInfo_element
        signedCertificateList_element subjectName subjectUniqueIdentifier theCACertificates thisUpdate userCertificate
        userCertificate_element;
        x509ce AAIssuingDistPointSyntax_element Attribute_element AttributesSyntax BaseCRLNumber CRLDistPointsSyntax
        CRLNumber CRLReason CRLScopeSyntax CRLStreamIdentifier CertPolicyId CertificateAssertion_element
        CertificateListAssertion_element CertificateListExactAssertion_element CertificatePairAssertion_element
        CertificatePairExactAssertion_element CertificatePoliciesSyntax CertificateSerialNumber
        CertificateTemplate_element CicamBrandId CiplusInfo DeltaInformation_element DistributionPoint_element
        EnhancedCertificateAssertion_element EntrustInfoFlags.enterpriseCategory EntrustInfoFlags.keyUpdateAllowed
        EntrustInfoFlags.newExtensions EntrustInfoFlags.pKIXCertificate EntrustInfoFlags.sETCategory
        EntrustInfoFlags.webCategory EntrustVersionInfo_element ExpiredCertsOnCRL GeneralSubtree_element HoldInstruction
        IssuingDistPointSyntax_element KeyUsage KeyUsage.cRLSign KeyUsage.contentCommitment KeyUsage.dataEncipherment
        KeyUsage.decipherOnly KeyUsage.digitalSignature KeyUsage.encipherOnly KeyUsage.keyAgreement KeyUsage.keyCertSign
        KeyUsage.keyEncipherment NameConstraintsSyntax_element OnlyCertificateTypes.attribute
        OnlyCertificateTypes.authority OnlyCertificateTypes.user OrderedListSyntax PerAuthorityScope_element
        PkiPathMatchSyntax_element PolicyConstraintsSyntax_element PolicyInformation_element PolicyMappingsSyntax
        PolicyMappingsSyntax_item_element PolicyQualifierInfo_element PrivateKeyUsagePeriod_element
        ReasonFlags.aACompromise ReasonFlags.affiliationChanged ReasonFlags.cACompromise ReasonFlags.certificateHold
        ReasonFlags.cessationOfOperation ReasonFlags.keyCompromise ReasonFlags.privilegeWithdrawn ReasonFlags.superseded
        ReasonFlags.unused RevokedGroup_element RevokedGroupsSyntax ScramblerCapabilities_element SkipCerts
        StatusReferral StatusReferrals ToBeRevokedGroup_element ToBeRevokedSyntax altNameValue altnameType
        authorityCertIssuer authorityCertSerialNumber authorityKeyIdentifier_element authorityName base
        baseRevocationInfo_element baseThisUpdate builtinNameForm cRLIssuer cRLNumber cRLReferral_element cRLScope
        cRLStreamIdentifier capability certificateGroup certificateIssuer certificateValid containsAACerts
        containsSOAPublicKeyCerts containsUserAttributeCerts dateAndTime deltaLocation deltaRefInfo_element
        directoryName distributionPoint ediPartyName_element endingNumber entrustVers entrustVersInfoFlags
        excludedSubtrees firstIssuer fullName holdInstructionCode iPAddress id id_ce_baseUpdateTime id_ce_invalidityDate
        indirectCRL inhibitPolicyMapping invalidityDate issuedByThisCAAssertion_element issuedToThisCAAssertion_element
        issuer issuerDomainPolicy keyUsage lastChangedCRL lastDelta lastSubject lastUpdate location maxCRLNumber maximum
        minCRLNumber minimum modulus nameAssigner nameConstraints_element nameRelativeToCRLIssuer nameSubtree
        nameSubtrees nextDelta notAfter notBefore onlyContains onlyContainsCACerts onlyContainsUserPublicKeyCerts
        onlySomeReasons otherNameForm otherName_element partyName pathToName permittedSubtrees policy policyIdentifier
        policyQualifierId policyQualifiers privateKeyValid qualifier_element reasonCode reasonFlags reasonInfo_element
        reasons registeredID requireExplicitPolicy revocationTime revokedcertificateGroup serialNumber
        serialNumberRange_element serialNumbers startingNumber subject subjectAltName subjectAltName_element
        subjectDomainPolicy subjectKeyIdRange_element subjectKeyIdentifier subjectPublicKeyAlgID templateID
        templateMajorVersion templateMinorVersion thisUpdate type_id value_element version x400Address_element;
        x509if AllowedSubset.baseObject AllowedSubset.oneLevel AllowedSubset.wholeSubtree AttributeCombination
        AttributeType ContextAssertion_element ContextCombination ContextProfile_element Context_element DirectoryString
        DistinguishedName HierarchyBelow HierarchyLevel MRMapping_element MRSubstitution_element Mapping_element
        MatchingUse_element Refinement RequestAttribute_element ResultAttribute_element RuleIdentifier
        SubtreeSpecification_element additionalControl allContexts_element allowedSubset and any.String assertedContexts
        assertion_element attribute attributeCombination attributeType auxiliaries auxiliaries_item base basic_element
        chopAfter chopBefore context contextCombination contextList contextType contextValue contextValue_item_element
        contextValues contextValues_item_element contexts default defaultControls_element defaultValues
        defaultValues_item_element description distingAttrValue_element dmdId entryLimit_element entryType fallback
        familyGrouping_element familyReturn_element hierarchyOptions_element id imposedSubset includeSubtypes
        inputAttributeTypes item level mandatory mandatoryContexts mandatoryContexts_item mandatoryControls_element
        mandatory_item mapping mappingFunction matchedValuesOnly_element matchingUse max maximum minimum name nameForm
        newMatchingRule not oldMatchingRule optional optionalContexts optionalContexts_item optional_item or
        outputAttributeTypes outputValues precluded precluded_item primaryDistinguished relaxation_element relaxations
        restrictionType restrictionValue_element ruleIdentifier searchOptions_element searchRuleControls_element
        selectedContexts selectedValues selectedValues_item_element serviceControls_element serviceType
        specificExclusions specificExclusions_item specificationFilter structuralObjectClass substitution
        superiorStructureRules tightenings type userClass value_element values valuesWithContext
        valuesWithContext_item_element values_item_element;
        x509sat AttributeType AttributeValueAssertion_element BMPString BitString Boolean CaseIgnoreListMatch Criteria
        DayTimeBand_element DestinationIndicator EnhancedGuide_element FacsimileTelephoneNumber_element GUID
        GeneralString GeneralizedTime GraphicString Guide_element ISO646String Integer InternationalISDNNumber
        NameAndOptionalUID_element NumericString ObjectIdentifier OctetString OctetSubstringAssertion_item
        Period_element PostalAddress PreferredDeliveryMethod PreferredDeliveryMethod_item PresentationAddress_element
        PrintableString ProtocolInformation_element SubstringAssertion_item T.bitDay.friday T.bitDay.monday
        T.bitDay.saturday T.bitDay.sunday T.bitDay.thursday T.bitDay.tuesday T.bitDay.wednesday T.bitMonth.april
        T.bitMonth.august T.bitMonth.december T.bitMonth.february T.bitMonth.january T.bitMonth.july T.bitMonth.june
        T.bitMonth.march T.bitMonth.may T.bitMonth.november T.bitMonth.october T.bitMonth.september
        T.bitNamedDays.friday T.bitNamedDays.monday T.bitNamedDays.saturday T.bitNamedDays.sunday
        T.bitNamedDays.thursday T.bitNamedDays.tuesday T.bitNamedDays.wednesday T.bitWeek.week1 T.bitWeek.week2
        T.bitWeek.week3 T.bitWeek.week4 T.bitWeek.week5 T61String TelephoneNumber TeletexString TelexNumber_element
        UTCTime UTF8String UniqueIdentifier UniversalString VideotexString VisibleString X121Address absolute_element
        allMonths_element allWeeks_element and answerback any approximateMatch at attributeList between_element bitDay
        bitMonth bitNamedDays bitWeek bmpString control_element countryCode criteria dayOf days dn endDayTime_element
        endTime entirely equality fifth final first fourth greaterOrEqual hour initial intDay intDay_item intMonth
        intMonth_item intNamedDays intWeek intWeek_item lessOrEqual localeID1 localeID2 matchingRuleUsed minute months
        nAddress nAddresses nAddresses_item not notThisTime now_element objectClass or pSelector parameters periodic
        profiles profiles_item sSelector second startDayTime_element startTime subset substrings tSelector
        telephoneNumber telexNumber third time timeZone timesOfDay type uid universalString weeks years years_item;
        """
}
