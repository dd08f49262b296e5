// arch: arm64
// rule: OH305
// expect: OH305 f+0x4
// flags: -O2
// why: .eh_frame and .debug_frame are made from the same directives, and cannot disagree on a function

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	stp	x29, x30, [sp, -16]!
	.cfi_def_cfa_offset 16
	.cfi_offset 29, -16
	.cfi_offset 30, -8
.Lsaved:
	bl	step
	ldp	x29, x30, [sp], 16
	.cfi_restore 29
	.cfi_restore 30
	.cfi_def_cfa_offset 0
.Lrestored:
	ret
	.cfi_endproc
.Lend:
	.size	f, .-f
	.section	.debug_frame, "", %progbits
.Lcie:
	.long	.Lcie_end-.Lcie_id
.Lcie_id:
	.long	0xffffffff
	.byte	1			// version
	.asciz	""
	.uleb128	4
	.sleb128	-8
	.byte	30
	.byte	0x0c, 31, 0		// DW_CFA_def_cfa
	.balign	8, 0
.Lcie_end:
	.long	.Lfde_end-.Lfde
.Lfde:
	.long	.Lcie
	.quad	f
	.quad	.Lend-f
	.byte	0x02			// DW_CFA_advance_loc1
	.byte	(.Lsaved-f)/4
	.byte	0x0e, 32			// planted: DW_CFA_def_cfa_offset
	.byte	0x9d, 2, 0x9e, 1	// DW_CFA_offset
	.byte	0x02
	.byte	(.Lrestored-.Lsaved)/4
	.byte	0xdd, 0xde, 0x0e, 0
	.balign	8, 0
.Lfde_end:
