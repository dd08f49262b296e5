// arch: x86-64
// rule: OH303
// expect: OH303 f+0x4
// flags: -O2
// why: the row looks for the return address 16 bytes below the CFA; it is at CFA-8 (psABI figure 3.3)

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	subq	$8, %rsp
	.cfi_def_cfa_offset	16
	.cfi_offset	16, -16	# planted
	call	g
	addl	$1, %eax
	addq	$8, %rsp
	.cfi_restore	16
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
