// arch: x86-64
// rule: OH309
// expect: silent
// flags: -O2 -mno-red-zone
// source: gcc-12 -O2 -mno-red-zone
// why: GCC takes the rule back where the pop gives the slot up

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	%rbx, -16
	movl	%edi, %ebx
	call	g
	addl	%ebx, %eax
	popq	%rbx
	.cfi_restore	%rbx
	.cfi_def_cfa_offset	8
	ret
	.cfi_endproc
	.size	f, .-f
