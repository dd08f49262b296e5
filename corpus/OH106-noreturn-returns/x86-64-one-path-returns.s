// arch: x86-64
// rule: OH106
// expect: OH106 die+0x5
// flags: -O2
// source: gcc-12 -O2 -g, debug information reduced
// why: die is declared _Noreturn (DW_AT_noreturn) and returns when its argument is null

	.text
	.globl	die
	.type	die, %function
die:
	.cfi_startproc
	testq	%rdi, %rdi
	jne	.L2
	ret	# planted: C17 6.7.4 p8
.L2:
	subq	$8, %rsp
	.cfi_def_cfa_offset	16
	call	out
	movl	$1, %edi
	call	_exit
	.cfi_endproc
.Ldie_end:
	.size	die, .-die
	.section	.debug_abbrev,"",%progbits
	.byte	1, 0x11, 1			# DW_TAG_compile_unit, has children
	.byte	0x25, 0x08, 0, 0		# DW_AT_producer, DW_FORM_string
	.byte	2, 0x2e, 0			# DW_TAG_subprogram
	.byte	0x03, 0x08, 0x11, 0x01, 0x12, 0x07	# DW_AT_name, DW_AT_low_pc, DW_AT_high_pc
	.byte	0x87, 0x01, 0x19, 0, 0		# DW_AT_noreturn, DW_FORM_flag_present
	.byte	0
	.section	.debug_info,"",%progbits
	.long	.Linfo_end-.Linfo
.Linfo:
	.short	4
	.long	.debug_abbrev
	.byte	8
	.byte	1
	.asciz	"GNU C17 12.2.0 -O2"
	.byte	2
	.asciz	"die"
	.quad	die
	.quad	.Ldie_end-die
	.byte	0
.Linfo_end:
