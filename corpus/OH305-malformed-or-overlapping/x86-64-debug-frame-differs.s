// arch: x86-64
// rule: OH305
// expect: OH305 f+0x1
// flags: -O2
// why: .eh_frame and .debug_frame are made from the same directives, and cannot disagree on a function

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset %rbx, -16
.Lsaved:
	movl	%edi, %ebx
	callq	step
	addl	%ebx, %eax
	popq	%rbx
	.cfi_def_cfa_offset 8
.Lrestored:
	retq
	.cfi_endproc
.Lend:
	.size	f, .-f
	.section	.debug_frame, "", @progbits
.Lcie:
	.long	.Lcie_end-.Lcie_id
.Lcie_id:
	.long	0xffffffff
	.byte	1			# version
	.asciz	""
	.uleb128	1
	.sleb128	-8
	.byte	16
	.byte	0x0c, 7, 8		# DW_CFA_def_cfa
	.byte	0x90, 1			# DW_CFA_offset of the return address
	.balign	8, 0
.Lcie_end:
	.long	.Lfde_end-.Lfde
.Lfde:
	.long	.Lcie
	.quad	f
	.quad	.Lend-f
	.byte	0x02			# DW_CFA_advance_loc1
	.byte	(.Lsaved-f)/1
	.byte	0x0e, 32			# planted: DW_CFA_def_cfa_offset
	.byte	0x83, 2			# DW_CFA_offset
	.byte	0x02
	.byte	(.Lrestored-.Lsaved)/1
	.byte	0x0e, 8
	.balign	8, 0
.Lfde_end:
