; The installer for Windows: for one user, without an administrator's rights. `make.py` gives TREE,
; VERSION, SIZE (KiB) and OUTPUT.

Target amd64-unicode
ManifestDPIAware true
RequestExecutionLevel user
SetCompressor /SOLID lzma
Name "Backstop"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\Backstop"
InstallDirRegKey HKCU "Software\Backstop" "Place"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "Backstop"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "Backstop ${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "Apache License 2.0"

!include MUI2.nsh
!define MUI_ICON "${TREE}\backstop.ico"
!define MUI_UNICON "${TREE}\backstop.ico"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\python\pythonw.exe"
!define MUI_FINISHPAGE_RUN_PARAMETERS "-m backstop"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SimpChinese"

LangString Book ${LANG_ENGLISH} "Backstop book"
LangString Book ${LANG_SIMPCHINESE} "备援账本"
LangString Title ${LANG_ENGLISH} "Backstop"
LangString Title ${LANG_SIMPCHINESE} "备援 Backstop"

!define CLASSES "Software\Classes"
!define KIND "Backstop.Book"
!define LISTED "Software\Microsoft\Windows\CurrentVersion\Uninstall\Backstop"
!define ASSOCIATIONS_CHANGED 0x08000000

!macro TellDesktop
  System::Call 'shell32::SHChangeNotify(i ${ASSOCIATIONS_CHANGED}, i 0, p 0, p 0)'
!macroend

; Only what the installer put there: a folder that an owner chose may hold other things.
!macro RemoveProgram
  RMDir /r "$INSTDIR\python"
  RMDir /r "$INSTDIR\site-packages"
  RMDir /r "$INSTDIR\licences"
  Delete "$INSTDIR\backstop.ico"
  Delete "$INSTDIR\backstop.cmd"
!macroend

Section
  !insertmacro RemoveProgram
  SetOutPath "$INSTDIR"
  File /r "${TREE}\*"
  ; Once now, or every start would have to do it.
  nsExec::Exec '"$INSTDIR\python\python.exe" -m compileall -q "$INSTDIR\site-packages"'
  Pop $0
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateShortcut "$SMPROGRAMS\$(Title).lnk" "$INSTDIR\python\pythonw.exe" "-m backstop" \
    "$INSTDIR\backstop.ico"
  WriteRegStr HKCU "Software\Backstop" "Place" "$INSTDIR"
  WriteRegStr HKCU "Software\Backstop" "Shortcut" "$SMPROGRAMS\$(Title).lnk"

  WriteRegStr HKCU "${CLASSES}\.backstop" "" "${KIND}"
  WriteRegStr HKCU "${CLASSES}\${KIND}" "" "$(Book)"
  WriteRegStr HKCU "${CLASSES}\${KIND}\DefaultIcon" "" "$INSTDIR\backstop.ico"
  WriteRegStr HKCU "${CLASSES}\${KIND}\shell\open\command" "" \
    '"$INSTDIR\python\pythonw.exe" -m backstop "%1"'

  WriteRegStr HKCU "${LISTED}" "DisplayName" "$(Title)"
  WriteRegStr HKCU "${LISTED}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${LISTED}" "DisplayIcon" "$INSTDIR\backstop.ico"
  WriteRegStr HKCU "${LISTED}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${LISTED}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${LISTED}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${LISTED}" "EstimatedSize" ${SIZE}
  WriteRegDWORD HKCU "${LISTED}" "NoModify" 1
  WriteRegDWORD HKCU "${LISTED}" "NoRepair" 1
  !insertmacro TellDesktop
SectionEnd

; Books, settings and backups lie elsewhere, and stay.
Section "Uninstall"
  !insertmacro RemoveProgram
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  ReadRegStr $0 HKCU "Software\Backstop" "Shortcut"
  StrCmp $0 "" +2
    Delete "$0"
  DeleteRegKey HKCU "Software\Backstop"
  DeleteRegKey HKCU "${CLASSES}\${KIND}"
  ReadRegStr $0 HKCU "${CLASSES}\.backstop" ""
  StrCmp $0 "${KIND}" 0 +2
    DeleteRegKey HKCU "${CLASSES}\.backstop"
  DeleteRegKey HKCU "${LISTED}"
  !insertmacro TellDesktop
SectionEnd
