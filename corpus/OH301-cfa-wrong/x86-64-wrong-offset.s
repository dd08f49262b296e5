// arch: x86-64
// rule: OH301
// expect: OH301 f+0x5
// flags: -O2
// source: gcc-12 -O2
// why: behind pushq and subq the CFA is rsp+32; the row says rsp+24, as if the push were forgotten

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	3, -16
	subq	$16, %rsp
	.cfi_def_cfa_offset	24	# planted: 32
	movl	%edi, %ebx
	call	g
	addl	%ebx, %eax
	addq	$16, %rsp
	.cfi_def_cfa_offset	16
	popq	%rbx
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
